package io.narthex.logging;

/** A JSON object. */
final class JsonLine implements LineFormat {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder(240).append('{');

  @Override
  public void field(String key, String value) {
    key(key);
    string(value);
  }

  @Override
  public void literal(String key, String value) {
    key(key);
    out.append(value);
  }

  private void key(String key) {
    if (out.length() > 1) {
      out.append(',');
    }
    string(key);
    out.append(':');
  }

  private void string(String s) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(HEX[(c >> shift) & 15]);
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public String end() {
    return out.append("}\n").toString();
  }
}
