package io.narthex.exposition.internal;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ExpositionReader.Entry;
import io.narthex.model.GoFloat;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a body to its end and writes every entry down as one line. */
public final class Reading {

  private Reading() {}

  static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  static List<String> text(String body) throws ExpositionException {
    return all(new TextReader(), bytes(body));
  }

  static List<String> openMetrics(String body) throws ExpositionException {
    return all(new OpenMetricsReader(false), bytes(body));
  }

  static List<String> withStartTimestamps(String body) throws ExpositionException {
    return all(new OpenMetricsReader(true), bytes(body));
  }

  public static List<String> all(ExpositionReader reader, byte[] body) throws ExpositionException {
    List<String> out = new ArrayList<>();
    // The reader may write one byte behind the body; what stands there must not matter.
    byte[] room = new byte[body.length + 1];
    room[body.length] = 'x';
    System.arraycopy(body, 0, room, 0, body.length);
    reader.reset(room, body.length);
    LabelsBuilder labels = new LabelsBuilder();
    for (Entry e = reader.next(); e != Entry.END; e = reader.next()) {
      out.add(line(reader, e, labels));
    }
    return out;
  }

  private static String line(ExpositionReader r, Entry e, LabelsBuilder labels)
      throws ExpositionException {
    return switch (e) {
      case SERIES, HISTOGRAM -> {
        r.labels(labels);
        String line = labels + " " + (e == Entry.SERIES ? GoFloat.g(r.value()) : histogram(r));
        if (r.hasTimestamp()) {
          line += " @" + r.timestamp();
        }
        if (r.startTimestamp() != 0) {
          line += " since " + r.startTimestamp();
        }
        while (r.nextExemplar()) {
          r.exemplarLabels(labels);
          line += " # " + labels + " " + GoFloat.g(r.exemplarValue());
          line += r.exemplarHasTimestamp() ? " @" + r.exemplarTimestamp() : "";
        }
        yield line;
      }
      case TYPE -> "TYPE " + r.familyName() + " " + r.type().text();
      case HELP -> "HELP " + r.familyName() + " " + r.metadataText();
      case UNIT -> "UNIT " + r.familyName() + " " + r.metadataText();
      case COMMENT -> "COMMENT";
      case END -> throw new AssertionError(e);
    };
  }

  private static String histogram(ExpositionReader r) {
    Histogram h = r.histogram();
    FloatHistogram f = r.floatHistogram();
    if (h != null) {
      return show(
          h.hint()
              + " "
              + h.schema()
              + " "
              + h.zeroThreshold()
              + " zero "
              + h.zeroCount()
              + " count "
              + h.count()
              + " sum "
              + h.sum(),
          h.positiveSpans(),
          Arrays.toString(h.positiveDeltas()),
          h.negativeSpans(),
          Arrays.toString(h.negativeDeltas()),
          h.customValues());
    }
    if (f == null) {
      throw new AssertionError("neither kind of histogram");
    }
    return show(
        f.hint()
            + " "
            + f.schema()
            + " "
            + f.zeroThreshold()
            + " zero "
            + f.zeroCount()
            + " count "
            + f.count()
            + " sum "
            + f.sum(),
        f.positiveSpans(),
        Arrays.toString(f.positiveCounts()),
        f.negativeSpans(),
        Arrays.toString(f.negativeCounts()),
        f.customValues());
  }

  private static String show(
      String head,
      int[] positiveSpans,
      String positive,
      int[] negativeSpans,
      String negative,
      double[] bounds) {
    return head
        + " + "
        + Arrays.toString(positiveSpans)
        + " "
        + positive
        + " - "
        + Arrays.toString(negativeSpans)
        + " "
        + negative
        + (bounds.length == 0 ? "" : " custom " + Arrays.toString(bounds));
  }

  /** The message of the error that reading ends with, or "" if it does not. */
  public static String error(ExpositionReader reader, byte[] body) {
    try {
      all(reader, body);
      return "";
    } catch (ExpositionException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
