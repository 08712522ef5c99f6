#!/bin/sh
# Builds `grade` with a profile of its own bench: the compiler then knows which code is hot, which takes a sixth of the
# processor time of `grade batch` (docs/scale.md). The program is in target/profiled/<target>/release/grade.
#
# Needs `llvm-profdata`, of about the LLVM of rustc: `rustup component add llvm-tools`, or a package of the system
# (PROFDATA=llvm-profdata-19). Takes two builds and one run of the bench, some 25 minutes on two processors.
set -eu
cd "$(dirname "$0")/.."

host=$(rustc -vV | sed -n 's/^host: //p')
tools=$(rustc --print sysroot)/lib/rustlib/$host/bin
profdata=${PROFDATA:-$tools/llvm-profdata}
command -v "$profdata" >/dev/null || profdata=llvm-profdata
if ! command -v "$profdata" >/dev/null; then
  echo "There is no llvm-profdata: rustup component add llvm-tools, or name one in PROFDATA." >&2
  exit 2
fi

out=$PWD/target/profiled
rm -rf "$out/counts"
# Without optimisation at link time, which changes nothing about what is counted.
RUSTFLAGS="-Cprofile-generate=$out/counts" CARGO_PROFILE_BENCH_LTO=off \
  cargo bench --locked --bench batch --target "$host" --target-dir "$out"
"$profdata" merge -o "$out/grade.profdata" "$out/counts"
RUSTFLAGS="-Cprofile-use=$out/grade.profdata" \
  cargo build --locked --release --bin grade --target "$host" --target-dir "$out"
echo "$out/$host/release/grade"
