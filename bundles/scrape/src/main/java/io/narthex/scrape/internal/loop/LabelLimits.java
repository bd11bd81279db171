package io.narthex.scrape.internal.loop;

import io.narthex.model.GoQuote;
import io.narthex.model.Labels;
import io.narthex.scrape.internal.loop.SampleLabels.LimitException;

/** How many labels a series may have, and how long, in bytes; 0 for no limit. */
record LabelLimits(long count, long nameLength, long valueLength) {

  private static final int SHOWN = 50;

  void check(Labels labels) throws LimitException {
    if (count > 0 && labels.size() > count) {
      throw new LimitException(
          "label_limit exceeded (metric: "
              + cut(labels.metricName())
              + ", number of labels: "
              + labels.size()
              + ", limit: "
              + count
              + ")");
    }
    if (nameLength == 0 && valueLength == 0) {
      return;
    }
    for (int i = 0; i < labels.size(); i++) {
      check(labels, labels.name(i), labels.value(i));
    }
  }

  private void check(Labels labels, String name, String value) throws LimitException {
    long nameBytes = bytes(name);
    if (nameLength > 0 && nameBytes > nameLength) {
      throw new LimitException(
          "label_name_length_limit exceeded (metric: "
              + cut(labels.metricName())
              + ", label name: "
              + cut(name)
              + ", length: "
              + nameBytes
              + ", limit: "
              + nameLength
              + ")");
    }
    long valueBytes = bytes(value);
    if (valueLength > 0 && valueBytes > valueLength) {
      throw new LimitException(
          "label_value_length_limit exceeded (metric: "
              + cut(labels.metricName())
              + ", label name: "
              + cut(name)
              + ", value: "
              + GoQuote.quote(cut(value))
              + ", length: "
              + valueBytes
              + ", limit: "
              + valueLength
              + ")");
    }
  }

  private static String cut(String s) {
    return s.codePointCount(0, s.length()) <= SHOWN
        ? s
        : s.substring(0, s.offsetByCodePoints(0, SHOWN));
  }

  private static long bytes(String s) {
    long n = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      n += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return n;
  }
}
