package io.narthex.storage.remote.internal.receive;

import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers the labels of one series or exemplar, and says whether a series may have them. */
final class LabelSet {

  /** More labels than that are no label set; it bounds what a request can make us hold. */
  static final int MAX_LABELS = 1 << 16;

  private static final int KEPT = 1024;

  private final LabelsBuilder builder = new LabelsBuilder();
  private String[] pairs = new String[64];
  private int n;
  private boolean malformed;
  private @Nullable String duplicate;

  void clear() {
    n = 0;
    malformed = false;
    duplicate = null;
    if (pairs.length > KEPT) {
      pairs = new String[64];
    }
  }

  /** Adds a label. */
  void add(String name, String value) throws RefusedException {
    if (n == pairs.length) {
      if (n >= 2 * MAX_LABELS) {
        throw new RefusedException(400, "more than " + MAX_LABELS + " labels in one set");
      }
      pairs = Arrays.copyOf(pairs, n * 2);
    }
    pairs[n++] = name;
    pairs[n++] = value;
  }

  /** The text of the bytes; noted as malformed if they are no UTF-8. */
  String text(byte[] data, int from, int to) {
    if (!LabelNames.isUtf8(data, from, to - from)) {
      malformed = true;
    }
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  void markMalformed() {
    malformed = true;
  }

  /** The labels, sorted and without empty ones; to be called once, before what follows. */
  Labels build() {
    builder.resetTo(pairs, n);
    for (int i = 2; i < n; i += 2) {
      if (pairs[i].equals(pairs[i - 2])) {
        duplicate = pairs[i];
        break;
      }
    }
    return builder.build();
  }

  /** All labels as they came, sorted: for messages. */
  Labels asGiven() {
    return Labels.ofSorted(Arrays.copyOf(pairs, n));
  }

  /** Whether the name of the metric is there and all names and values may be stored. */
  boolean isValid() {
    boolean named = false;
    for (int i = 0; i < n; i += 2) {
      if (pairs[i].isEmpty()) {
        return false;
      }
      if (pairs[i].equals(Labels.NAME)) {
        named = true;
        if (pairs[i + 1].isEmpty()) {
          return false;
        }
      }
    }
    return named && !malformed;
  }

  /** A name that is there twice, null if there is none. */
  @Nullable String duplicate() {
    return duplicate;
  }
}
