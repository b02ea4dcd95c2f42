"""Writes a crawl of procedures as the guides that the comparison bots read: corpus.py CRAWL.jsonl GUIDES.jsonl [--names DIR]

The crawl is the one that `motcua knowledge import` takes. Everyday names are Motcua's own, so that nobody searches with fewer.
"""

import argparse
import json
import tomllib
from pathlib import Path

NAMES = Path(__file__).resolve().parents[2] / "knowledge" / "names"
# Everything that can be searched besides titles and names.
BODY = ["field", "agency", "audience", "steps", "methods", "documents", "fees", "time_limit", "result", "conditions", "address"]
# The crawl has no summary: these lines are one, each cut where a telephone would have to scroll.
SUMMARY = {"audience": "Ai làm", "agency": "Nơi giải quyết", "time_limit": "Thời gian", "result": "Kết quả"}
LONGEST = 300


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def guide(row: dict, names: dict[str, list[str]]) -> dict:
    text = lambda key: (row.get(key) or "").strip()
    return {
        "code": row["id"],
        "title": text("name"),
        "names": names.get(row["id"], []),
        "summary": "\n".join(f"{label}: {cut(text(key))}" for key, label in SUMMARY.items() if text(key)),
        "fees": text("fees"),
        "documents": text("documents"),
        "steps": text("steps"),
        "body": "\n".join(text(key) for key in BODY if text(key)),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("crawl", type=Path)
    options.add_argument("guides", type=Path)
    options.add_argument("--names", type=Path, default=NAMES, help="folder of names/*.toml")
    given = options.parse_args()
    names: dict[str, list[str]] = {}
    for file in sorted(given.names.glob("*.toml")):
        names |= tomllib.loads(file.read_text("utf-8")).get("names", {})
    count = 0
    with given.crawl.open(encoding="utf-8") as crawl, given.guides.open("w", encoding="utf-8") as guides:
        for line in crawl:
            guides.write(json.dumps(guide(json.loads(line), names), ensure_ascii=False) + "\n")
            count += 1
    print(f"{count} guides")


if __name__ == "__main__":
    main()
