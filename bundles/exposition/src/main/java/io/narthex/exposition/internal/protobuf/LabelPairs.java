package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.exposition.internal.Excerpt;
import io.narthex.exposition.internal.protobuf.SeriesKey.Part;
import io.narthex.model.GoFloat;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes labels of the messages that hold them. */
final class LabelPairs {

  private static final int USUAL_STRINGS = 64;

  private final Wire wire = new Wire();
  private String[] pairs = new String[USUAL_STRINGS];
  private int size;

  void series(
      byte[] b, FamilyMessage family, IntList labels, Part part, double bound, LabelsBuilder into)
      throws ExpositionException {
    size = 0;
    String name =
        new String(b, family.nameFrom, family.nameTo - family.nameFrom, StandardCharsets.UTF_8);
    add(Labels.NAME, name + part.suffix);
    for (int i = 0; i < labels.size; i += 2) {
      pair(b, labels.values[i], labels.values[i + 1]);
    }
    if (part == Part.BUCKET) {
      add("le", GoFloat.openMetrics(bound));
    } else if (part == Part.QUANTILE) {
      add("quantile", GoFloat.openMetrics(bound));
    }
    put(into);
  }

  void exemplar(byte[] b, IntList labels, LabelsBuilder into) throws ExpositionException {
    size = 0;
    for (int i = 0; i < labels.size; i += 2) {
      pair(b, labels.values[i], labels.values[i + 1]);
    }
    put(into);
  }

  private void put(LabelsBuilder into) throws ExpositionException {
    String twice = into.resetTo(pairs, size);
    if (pairs.length > USUAL_STRINGS) {
      pairs = new String[USUAL_STRINGS];
    }
    if (twice != null) {
      throw new ExpositionException("label name \"" + twice + "\" is not unique: invalid sample");
    }
  }

  private void pair(byte[] b, int from, int to) throws ExpositionException {
    String name = "";
    String value = "";
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> name = text(b, "label name");
        case 2 -> value = text(b, "label value");
        default -> {}
      }
    }
    add(name, value);
  }

  private String text(byte[] b, String what) throws ExpositionException {
    wire.requireBytes();
    int length = wire.to - wire.from;
    if (!LabelNames.isUtf8(b, wire.from, length)) {
      throw new ExpositionException(
          "invalid UTF-8 " + what + ": " + Excerpt.quote(b, wire.from, wire.to));
    }
    return new String(b, wire.from, length, StandardCharsets.UTF_8);
  }

  private void add(String name, String value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size++] = name;
    pairs[size++] = value;
  }
}
