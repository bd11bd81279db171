package io.narthex.storage.tsdb.internal.block;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A block's {@code meta.json}: an object in JSON, indented by tabs. What is zero, false or empty is
 * left out.
 */
public final class MetaFile {

  public static final String NAME = "meta.json";

  /** Far above the largest that is seen, of a few kilobytes for hundreds of sources. */
  private static final long MAX_SIZE = 16 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();

  private static final DefaultPrettyPrinter TABS =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(new DefaultIndenter("\t", "\n"))
          .withArrayIndenter(new DefaultIndenter("\t", "\n"));

  private MetaFile() {}

  /**
   * Reads the file in a block's directory.
   *
   * @throws IOException that names the file, also if it is not as it should be
   */
  public static BlockMeta read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    long size = Files.size(file);
    if (size > MAX_SIZE) {
      throw new IOException(file + ": " + size + " bytes are too large for a block's meta file");
    }
    try (JsonParser in = JSON.createParser(Files.readAllBytes(file))) {
      return new MetaReader(in).read();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the file in a block's directory, replacing one that is there all at once. */
  public static void write(Disk disk, Path directory, BlockMeta meta) throws IOException {
    disk.replace(directory.resolve(NAME), bytes(meta));
  }

  /** The file's content. */
  public static byte[] bytes(BlockMeta meta) {
    return text(meta).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(BlockMeta meta) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setPrettyPrinter(TABS.createInstance());
      write(json, meta);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, BlockMeta meta) throws IOException {
    json.writeStartObject();
    json.writeStringField("ulid", meta.ulid().toString());
    json.writeNumberField("minTime", meta.minTime());
    json.writeNumberField("maxTime", meta.maxTime());
    json.writeObjectFieldStart("stats");
    BlockMeta.Stats s = meta.stats();
    writeUnlessZero(json, "numSamples", s.numSamples());
    writeUnlessZero(json, "numFloatSamples", s.numFloatSamples());
    writeUnlessZero(json, "numHistogramSamples", s.numHistogramSamples());
    writeUnlessZero(json, "numSeries", s.numSeries());
    writeUnlessZero(json, "numChunks", s.numChunks());
    writeUnlessZero(json, "numTombstones", s.numTombstones());
    json.writeEndObject();
    json.writeObjectFieldStart("compaction");
    write(json, meta.compaction());
    json.writeEndObject();
    json.writeNumberField("version", BlockMeta.VERSION);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, BlockMeta.Compaction c) throws IOException {
    json.writeNumberField("level", c.level());
    writeUnlessEmpty(json, "sources", c.sources());
    if (c.deletable()) {
      json.writeBooleanField("deletable", true);
    }
    if (!c.parents().isEmpty()) {
      json.writeArrayFieldStart("parents");
      for (BlockMeta.Parent parent : c.parents()) {
        json.writeStartObject();
        json.writeStringField("ulid", parent.ulid().toString());
        json.writeNumberField("minTime", parent.minTime());
        json.writeNumberField("maxTime", parent.maxTime());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (c.failed()) {
      json.writeBooleanField("failed", true);
    }
    writeUnlessEmpty(json, "hints", c.hints());
  }

  private static void writeUnlessZero(JsonGenerator json, String name, long value)
      throws IOException {
    if (value != 0) {
      json.writeNumberField(name, value);
    }
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, List<?> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (Object value : values) {
        json.writeString(value.toString());
      }
      json.writeEndArray();
    }
  }
}
