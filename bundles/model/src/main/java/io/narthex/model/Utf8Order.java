package io.narthex.model;

/**
 * The order of strings by their UTF-8 bytes, which is the order of every sorted file and answer.
 */
public final class Utf8Order {

  private Utf8Order() {}

  /**
   * Compares by code point, which is the order of the UTF-8 bytes. {@link String#compareTo} differs
   * from it where one side has a surrogate pair and the other a character from U+E000 on.
   */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return rank(x) - rank(y);
      }
    }
    return a.length() - b.length();
  }

  /** Moves the surrogates above the rest of the basic plane. */
  private static int rank(char c) {
    if (c < Character.MIN_SURROGATE) {
      return c;
    }
    return c > Character.MAX_SURROGATE ? c - 0x800 : c + 0x2000;
  }
}
