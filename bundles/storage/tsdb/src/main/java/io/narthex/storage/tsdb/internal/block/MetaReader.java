package io.narthex.storage.tsdb.internal.block;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one {@code meta.json}. Fields that it does not know are passed over. */
final class MetaReader {

  private final JsonParser in;
  private @Nullable Ulid ulid;
  private long minTime;
  private long maxTime;
  private long version;
  private BlockMeta.Stats stats = BlockMeta.Stats.NONE;
  private int level;
  private List<Ulid> sources = List.of();
  private boolean deletable;
  private final List<BlockMeta.Parent> parents = new ArrayList<>();
  private boolean failed;
  private List<String> hints = List.of();

  MetaReader(JsonParser in) {
    this.in = in;
  }

  /** Reads a field's value, the parser standing at it. */
  @FunctionalInterface
  private interface Field {
    void read(String name) throws IOException;
  }

  BlockMeta read() throws IOException {
    in.nextToken();
    object(this::field);
    if (version != BlockMeta.VERSION) {
      throw new IOException("unexpected meta file version " + version);
    }
    if (ulid == null) {
      throw new IOException("no ulid");
    }
    if (minTime > maxTime) {
      throw new IOException("minTime " + minTime + " is after maxTime " + maxTime);
    }
    return new BlockMeta(
        ulid,
        minTime,
        maxTime,
        stats,
        new BlockMeta.Compaction(level, sources, deletable, parents, failed, hints));
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "ulid" -> ulid = ulid();
      case "minTime" -> minTime = number();
      case "maxTime" -> maxTime = number();
      case "version" -> version = number();
      case "stats" -> stats();
      case "compaction" -> object(this::compactionField);
      default -> in.skipChildren();
    }
  }

  private void stats() throws IOException {
    long[] n = new long[6];
    object(name -> {
      int i =
          List.of(
                  "numSamples",
                  "numFloatSamples",
                  "numHistogramSamples",
                  "numSeries",
                  "numChunks",
                  "numTombstones")
              .indexOf(name);
      if (i < 0) {
        in.skipChildren();
      } else {
        n[i] = number();
      }
    });
    stats = new BlockMeta.Stats(n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  private void compactionField(String name) throws IOException {
    switch (name) {
      case "level" -> {
        expect(JsonToken.VALUE_NUMBER_INT);
        level = in.getIntValue();
      }
      case "sources" -> {
        List<Ulid> found = new ArrayList<>();
        array(() -> found.add(ulid()));
        sources = found;
      }
      case "deletable" -> deletable = in.getBooleanValue();
      case "parents" -> array(this::parent);
      case "failed" -> failed = in.getBooleanValue();
      case "hints" -> {
        List<String> found = new ArrayList<>();
        array(() -> found.add(text()));
        hints = found;
      }
      default -> in.skipChildren();
    }
  }

  private void parent() throws IOException {
    Ulid[] of = new Ulid[1];
    long[] times = new long[2];
    object(name -> {
      switch (name) {
        case "ulid" -> of[0] = ulid();
        case "minTime" -> times[0] = number();
        case "maxTime" -> times[1] = number();
        default -> in.skipChildren();
      }
    });
    if (of[0] == null) {
      throw new IOException("a parent has no ulid");
    }
    parents.add(new BlockMeta.Parent(of[0], times[0], times[1]));
  }

  private void object(Field field) throws IOException {
    expect(JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        field.read(name);
      }
    }
  }

  /** Reads one element of an array, the parser standing at it. */
  @FunctionalInterface
  private interface Element {
    void read() throws IOException;
  }

  private void array(Element element) throws IOException {
    expect(JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  private long number() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return in.getText();
  }

  private Ulid ulid() throws IOException {
    String text = text();
    Ulid out = Ulid.parse(text);
    if (out == null) {
      throw new IOException("\"" + text + "\" is no ULID");
    }
    return out;
  }

  private void expect(JsonToken token) throws IOException {
    if (in.currentToken() != token) {
      throw new IOException(
          "line "
              + in.currentLocation().getLineNr()
              + ": "
              + token
              + " expected, not "
              + in.currentToken());
    }
  }
}
