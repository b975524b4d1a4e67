#!/bin/sh
# Makes tests/fixtures/interop anew with WSS4J and Santuario from Maven Central. Needs JDK 17 and Maven. See README.md.
set -eu
cd "$(dirname "$0")"
out="$(cd .. && pwd)/tests/fixtures/interop"
rm -rf "$out/keys" "$out"/*.xml "$out"/*.mime "$out"/manifest*.json
mvn -q -B compile exec:java -Dexec.mainClass=interop.Main -Dexec.args="$out"
mvn -q -B -f saml/pom.xml compile exec:java -Dexec.mainClass=interop.SamlMain -Dexec.args="$out"
