package io.narthex.promql.testlang;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * The evaluations of the reference's scripts that need what is not there yet: native histograms, by
 * script and line.
 */
final class NotSupportedYet {

  private static final String LIST = "not-supported-yet.txt";

  private NotSupportedYet() {}

  static Set<Integer> lines(String script) {
    Set<Integer> lines = new TreeSet<>();
    for (String line : list().split("\n")) {
      String[] words = line.split(" ");
      if (words[0].equals(script + ":")) {
        for (int i = 1; i < words.length; i++) {
          lines.add(Integer.parseInt(words[i]));
        }
      }
    }
    return lines;
  }

  private static String list() {
    try (InputStream in = NotSupportedYet.class.getResourceAsStream(LIST)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
