//! Lists by place: no officer is shown what is not theirs to see.

use sqlx::{Database, Encode, QueryBuilder, Type};

use crate::domain::officer::Places;

/// Narrows a statement to rows whose `column` is one of these places.
pub(super) fn only<DB>(sql: &mut QueryBuilder<DB>, column: &str, places: &Places)
where
    DB: Database,
    for<'t> &'t str: Encode<'t, DB> + Type<DB>,
{
    match places {
        Places::All => {}
        Places::Some(places) if places.is_empty() => {
            sql.push(" AND FALSE");
        }
        Places::Some(places) => {
            sql.push(" AND ").push(column).push(" IN ");
            sql.push_tuples(places, |mut row, place| {
                row.push_bind(place.as_str());
            });
        }
    }
}
