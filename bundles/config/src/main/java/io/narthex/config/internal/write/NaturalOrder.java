package io.narthex.config.internal.write;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order in which the reference writes the keys of a map: numbers within them by value. */
final class NaturalOrder implements Comparator<String> {

  private static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  static Map<String, @Nullable Object> sorted(Map<String, ?> map) {
    Map<String, @Nullable Object> sorted = new LinkedHashMap<>();
    List<String> keys = map.keySet().stream().sorted(INSTANCE).toList();
    for (String key : keys) {
      sorted.put(key, map.get(key));
    }
    return sorted;
  }

  @Override
  public int compare(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    if (i == a.length() || i == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    char x = a.charAt(i);
    char y = b.charAt(i);
    boolean digitsBefore = i > 0 && isDigit(a.charAt(i - 1));
    boolean letterX = Character.isLetter(x);
    boolean letterY = Character.isLetter(y);
    if (letterX && letterY) {
      return Character.compare(x, y);
    }
    if (letterX || letterY) {
      return letterX == digitsBefore ? -1 : 1;
    }
    int from = numberStart(a, i);
    int order = compareNumbers(a, from, b, from);
    return order != 0 ? order : Character.compare(x, y);
  }

  private static int numberStart(String s, int i) {
    int from = i;
    while (from > 0 && isDigit(s.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static int compareNumbers(String a, int fromA, String b, int fromB) {
    int endA = numberEnd(a, fromA);
    int endB = numberEnd(b, fromB);
    String x = stripZeros(a.substring(fromA, endA));
    String y = stripZeros(b.substring(fromB, endB));
    if (x.length() != y.length()) {
      return Integer.compare(x.length(), y.length());
    }
    int order = x.compareTo(y);
    return order != 0 ? order : Integer.compare(endA, endB);
  }

  private static String stripZeros(String digits) {
    int i = 0;
    while (i < digits.length() && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }

  private static int numberEnd(String s, int from) {
    int i = from;
    while (i < s.length() && isDigit(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
