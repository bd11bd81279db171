# Sourced by mvnw, narthex and .ci/run: exports JAVA_HOME of a JDK 25 or newer,
# or says what to install and ends the script that sourced it.

narthex_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  narthex_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${narthex_major:-0}" -ge 25 ]
}

narthex_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && narthex_is_jdk25 "$JAVA_HOME"; then
    return 0
  fi
  narthex_javac=$(command -v javac 2>/dev/null) && narthex_javac=$(readlink -f "$narthex_javac" 2>/dev/null)
  for narthex_home in \
    "${narthex_javac%/bin/javac}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$narthex_home" ] && narthex_is_jdk25 "$narthex_home"; then
      JAVA_HOME=$narthex_home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

narthex_find_jdk || {
  echo "narthex: no JDK 25 found: install one (Debian: apt install openjdk-25-jdk, or Temurin 25 from https://adoptium.net) or set JAVA_HOME to it." >&2
  exit 1
}
