//! Figures: tables with charts that the server draws, and the same as a file for a spreadsheet.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use plotters::prelude::{ChartBuilder, Color, IntoDrawingArea, IntoFont, RGBColor, Rectangle, SVGBackend};
use plotters::style::TextStyle;
use serde::Deserialize;

use super::signed::{Turned, broken};
use super::{Console, Signed};
use crate::domain::officer::Right;
use crate::service::figures::{Row, Span, Table, figures};

/// Days that can be looked back.
const DAYS: [u32; 3] = [7, 30, 90];
/// The size of a chart, in points; it shrinks with the page.
const SIZE: (u32, u32) = (440, 180);
/// Bars and text, dark enough on light and light enough on dark.
const BAR: RGBColor = RGBColor(0x2f, 0x7d, 0xc4);
const INK: RGBColor = RGBColor(0x6b, 0x72, 0x80);
/// Tables that are a row of time: they have charts.
const DRAWN: [&str; 2] = ["days", "hours"];

pub(super) fn routes() -> Router<Arc<Console>> {
    Router::new().route("/console/figures", get(page)).route("/console/figures.csv", get(file))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    days: u32,
}

impl Which {
    fn days(&self) -> u32 {
        DAYS.into_iter().find(|days| *days == self.days).unwrap_or(DAYS[1])
    }
}

async fn tables(console: &Console, signed: &Signed, days: u32) -> Result<Vec<Table>, Turned> {
    signed.may_somewhere(Right::SeeFigures)?;
    let places = signed.officer.places(Right::SeeFigures);
    let library = console.library.load_full();
    let span = Span { places: &places, days, now: console.officers.clock.now(), hours: console.hours.as_ref() };
    figures(&console.officers.store, &library, &span).await.map_err(|error| Turned::from(broken(&error)))
}

async fn page(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    let days = which.days();
    let tables = tables(&console, &signed, days).await?;
    let word = |key: &str| signed.word(key);
    Ok(signed.page(&word("console-figures"), html! {
        nav.tabs aria-label=(word("figures-span")) {
            @for span in DAYS {
                a href={ "/console/figures?days=" (span) } aria-current=[(span == days).then_some("page")] { (console.wording.with(signed.lang, "figures-days-back", [("days", span.into())])) }
            }
        }
        p.hint { (word("figures-hidden")) " " a href={ "/console/figures.csv?days=" (days) } { (word("figures-file")) } }
        @let (full, empty): (Vec<&Table>, Vec<&Table>) = tables.iter().partition(|table| !table.rows.is_empty());
        div.figures { @for table in full { (drawn(&signed, table)) } }
        @if !empty.is_empty() {
            p { (word("figures-nothing")) " " @for (at, table) in empty.iter().enumerate() { @if at > 0 { ", " } (word(&format!("figures-{}", table.key))) } "." }
        }
    }).into_response())
}

fn drawn(signed: &Signed, table: &Table) -> Markup {
    let title = signed.word(&format!("figures-{}", table.key));
    let what = |row: &Row| named(signed, table, row);
    html! {
        section.figure {
            h2 { (title) }
            @if DRAWN.contains(&table.key) {
                @if let Some(chart) = DRAWN.contains(&table.key).then(|| chart(table)).flatten() {
                    div role="img" aria-label=(title) { (PreEscaped(chart)) }
                }
                details {
                    summary { (signed.word("figures-numbers")) }
                    table { tbody { @for row in &table.rows { tr { th scope="row" { (what(row)) } td { (row.count) } } } } }
                }
            } @else {
                @let highest = table.rows.iter().filter_map(|row| row.count.shown()).max().unwrap_or_default().max(1);
                table { tbody { @for row in &table.rows {
                    tr { th scope="row" { (what(row)) meter aria-hidden="true" min="0" max=(highest) value=(row.count.shown().unwrap_or_default()) {} } td { (row.count) } }
                } } }
            }
        }
    }
}

/// What a row counts, in words.
fn named(signed: &Signed, table: &Table, row: &Row) -> String {
    let what = if table.worded { signed.word(&row.what) } else { row.what.clone() };
    match &row.of {
        Some(of) if what.is_empty() => format!("{of}: {}", signed.word("figures-at-start")),
        Some(of) => format!("{of}: {what}"),
        None => what,
    }
}

/// Bars of what is shown, as an image of words; `None` when it cannot be drawn.
fn chart(table: &Table) -> Option<String> {
    let highest = table.rows.iter().filter_map(|row| row.count.shown()).max()?.max(1);
    let mut image = String::new();
    let mut draw = || -> Result<(), Box<dyn std::error::Error>> {
        let area = SVGBackend::with_string(&mut image, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(6)
            .x_label_area_size(26)
            .y_label_area_size(44)
            .build_cartesian_2d(0..table.rows.len(), 0..highest)?;
        let label = |at: &usize| {
            table.rows.get(*at).map_or_else(String::new, |row| row.what.rsplit('-').next().unwrap_or_default().to_owned())
        };
        let style = TextStyle::from(("sans-serif", 14).into_font()).color(&INK);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(INK.mix(0.0))
            .bold_line_style(INK.mix(0.25))
            .axis_style(INK.mix(0.5))
            .x_labels(8)
            .y_labels(4)
            .x_label_formatter(&label)
            .label_style(style)
            .draw()?;
        let bar = |(at, row): (usize, &Row)| {
            let mut bar = Rectangle::new([(at, 0), (at + 1, row.count.shown().unwrap_or_default())], BAR.filled());
            bar.set_margin(0, 0, 1, 1);
            bar
        };
        chart.draw_series(table.rows.iter().enumerate().map(bar))?;
        area.present()?;
        Ok(())
    };
    if let Err(error) = draw() {
        tracing::error!(%error, "a chart");
        return None;
    }
    // As wide as the page, not as the image.
    let (width, height) = SIZE;
    Some(image.replacen(&format!("width=\"{width}\" height=\"{height}\""), "width=\"100%\"", 1))
}

/// Rows for a spreadsheet: table, row, count. Words begin no formula.
async fn file(State(console): State<Arc<Console>>, signed: Signed, Query(which): Query<Which>) -> Result<Response, Turned> {
    let days = which.days();
    let tables = tables(&console, &signed, days).await?;
    let mut out = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    let rows = tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let written = rows.map(|(table, row)| {
        let what = named(&signed, table, row);
        let safe = if what.starts_with(['=', '+', '-', '@']) { format!("'{what}") } else { what };
        out.write_record([&signed.word(&format!("figures-{}", table.key)), &safe, &row.count.to_string()])
    });
    written.collect::<Result<Vec<()>, _>>().map_err(|error| Turned::from(broken(&error)))?;
    let body = out.into_inner().map_err(|error| Turned::from(broken(&error)))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"motcua-{days}.csv\"")),
    ];
    Ok((headers, body).into_response())
}
