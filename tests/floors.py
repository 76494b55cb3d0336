#!/usr/bin/env python3
"""Compare a score with its floors: floors.py FLOORS.toml SCORE.json. Exit status 1 where one is broken.

Standard library only.
"""
import json, sys, tomllib


def lookup(score, name):
    """The number at a path of keys and indices: `adj.doc.2`. What is not there counts as nothing found."""
    for key in name.split("."):
        if isinstance(score, list):
            score = score[int(key)]
        else:
            score = score.get(key, 0)
    return score


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        floors = tomllib.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        score = json.load(file)
    broken = []
    for kind, sign, fails in (("least", ">=", lambda have, want: have < want), ("most", "<=", lambda have, want: have > want)):
        for name, want in floors.get(kind, {}).items():
            have = lookup(score, name)
            print(f"{name} {have} (must be {sign} {want})")
            if fails(have, want):
                broken.append(name)
    if broken:
        sys.exit("floors broken: " + ", ".join(broken))


if __name__ == "__main__":
    main()
