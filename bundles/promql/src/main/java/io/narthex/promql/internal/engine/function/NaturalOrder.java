package io.narthex.promql.internal.engine.function;

import io.narthex.model.Utf8Order;

/** The order of strings in which runs of digits are numbers: {@code a2} before {@code a10}. */
final class NaturalOrder {

  private NaturalOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = digits(a, i);
        int endB = digits(b, j);
        int c = number(a, i, endA, b, j, endB);
        if (c != 0) {
          return c;
        }
        i = endA;
        j = endB;
      } else if (a.charAt(i) != b.charAt(j)) {
        return Utf8Order.compare(a.substring(i), b.substring(j));
      } else {
        i++;
        j++;
      }
    }
    return (a.length() - i) - (b.length() - j);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int digits(String s, int from) {
    int i = from;
    while (i < s.length() && isDigit(s.charAt(i))) {
      i++;
    }
    return i;
  }

  /** By value; of equal values the one with fewer leading zeros comes first. */
  private static int number(String a, int i, int endA, String b, int j, int endB) {
    int x = i;
    while (x < endA && a.charAt(x) == '0') {
      x++;
    }
    int y = j;
    while (y < endB && b.charAt(y) == '0') {
      y++;
    }
    if (endA - x != endB - y) {
      return (endA - x) - (endB - y);
    }
    for (; x < endA; x++, y++) {
      if (a.charAt(x) != b.charAt(y)) {
        return a.charAt(x) - b.charAt(y);
      }
    }
    return (endA - i) - (endB - j);
  }
}
