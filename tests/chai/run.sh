#!/bin/sh
# Compares our assert with npm chai@4.5.0, which is the oracle here and no part of the product.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error
node --import ./register.mjs oracle.mjs
node --import ./register.mjs hostile.mjs
