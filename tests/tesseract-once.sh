#!/bin/sh
# Tesseract that looks at each picture once: what it printed is kept in the folder `seen` beside this script.
[ "$1" = --version ] && exec tesseract --version
seen=$(dirname "$0")/seen
mkdir -p "$seen"
picture=$(mktemp)
trap 'rm -f "$picture"' EXIT
cat > "$picture"
key=$seen/$( (md5sum < "$picture"; echo "$@") | md5sum | cut -c1-32)
[ -s "$key" ] || { tesseract "$@" < "$picture" > "$key.$$" 2> /dev/null && mv "$key.$$" "$key"; }
cat "$key"
