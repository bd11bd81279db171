# Sourced by mvnw, narthex, bin/narthex and .ci/run: exports JAVA_HOME of a Java 25 or newer that
# has the program $narthex_tool (javac unless set), or says what to install and ends the script.

narthex_is_java25() {
  [ -x "$1/bin/${narthex_tool:-javac}" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r narthex_line; do
    case $narthex_line in
      JAVA_VERSION=*)
        narthex_major=${narthex_line#JAVA_VERSION=\"}
        narthex_major=${narthex_major%%[!0-9]*}
        [ "${narthex_major:-0}" -ge 25 ]
        return
        ;;
    esac
  done < "$1/release"
  return 1
}

narthex_find_java() {
  if [ -n "${JAVA_HOME:-}" ] && narthex_is_java25 "$JAVA_HOME"; then
    return 0
  fi
  narthex_path=$(command -v "${narthex_tool:-javac}" 2>/dev/null) && narthex_path=$(readlink -f "$narthex_path" 2>/dev/null)
  for narthex_home in \
    "${narthex_path%/bin/*}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$narthex_home" ] && narthex_is_java25 "$narthex_home"; then
      JAVA_HOME=$narthex_home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

narthex_find_java || {
  echo "narthex: no JDK 25 found: install one (Debian: apt install openjdk-25-jdk, or Temurin 25 from https://adoptium.net) or set JAVA_HOME to it." >&2
  exit 1
}
