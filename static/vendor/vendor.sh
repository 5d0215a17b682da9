#!/bin/sh
# Builds static/vendor/uswds/ anew from the npm registry. Needs node 20 with npm; leaves nothing behind but that folder.
# Usage: static/vendor/vendor.sh   (change the versions here, then look at every page that changed)
set -eu

USWDS=3.14.0
SASS=1.108.2
ESBUILD=0.28.2

here=$(cd "$(dirname "$0")" && pwd)
out="$here/uswds"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts "@uswds/uswds@$USWDS" "sass@$SASS" "esbuild@$ESBUILD"
cp "$here/uswds.scss" "$here/uswds.js" .
dist=node_modules/@uswds/uswds/dist

rm -rf "$out"
mkdir -p "$out"
npx sass --style=compressed --no-source-map --quiet-deps --load-path=node_modules/@uswds/uswds/packages \
    uswds.scss "$out/uswds.css"
npx esbuild uswds.js --bundle --minify --target=es2020 --format=iife --legal-comments=none \
    --log-level=warning --outfile="$out/uswds.js"

# Only the files that the style sheet names: the manifest storage refuses a name without a file.
grep -o 'url([^)]*)' "$out/uswds.css" | sed 's/^url(//; s/)$//; s/"//g' | grep -v '^$' | grep -v '^data:' | sort -u |
while read -r file; do
    mkdir -p "$out/$(dirname "$file")"
    cp "$dist/$file" "$out/$file"
done
cp "node_modules/@uswds/uswds/LICENSE.md" "$out/LICENSE.md"
du -sh "$out"
