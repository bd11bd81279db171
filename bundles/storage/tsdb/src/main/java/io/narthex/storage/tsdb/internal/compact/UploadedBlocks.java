package io.narthex.storage.tsdb.internal.compact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps blocks of level 1 from being compacted until a file lists them as uploaded, as {@code
 * {"uploaded":["ULID", …]}}. The file is read once a minute at most; while it can not be read,
 * nothing is kept.
 */
public final class UploadedBlocks implements Predicate<BlockMeta> {

  private static final Logger log = LoggerFactory.getLogger(UploadedBlocks.class);
  private static final long CACHE_MILLIS = 60_000;
  private static final long MAX_SIZE = 64 << 20;

  private final Path file;
  private final LongSupplier clock;
  private @Nullable Set<String> uploaded;
  private long readAt;
  private boolean read;

  /**
   * @param clock milliseconds
   */
  public UploadedBlocks(Path file, LongSupplier clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Whether the block is to stay as it is. */
  @Override
  public synchronized boolean test(BlockMeta block) {
    if (block.compaction().level() > 1) {
      return false;
    }
    long now = clock.getAsLong();
    if (!read || now - readAt >= CACHE_MILLIS) {
      uploaded = load();
      readAt = now;
      read = true;
    }
    return uploaded != null && !uploaded.contains(block.ulid().toString());
  }

  private @Nullable Set<String> load() {
    try {
      long size = Files.size(file);
      if (size > MAX_SIZE) {
        throw new IOException(size + " bytes are too large for a list of blocks");
      }
      try (JsonParser in = new JsonFactory().createParser(Files.readAllBytes(file))) {
        return list(in);
      }
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("file", file)
          .setCause(e)
          .log("The list of uploaded blocks could not be read; no block is excluded by it");
      return null;
    }
  }

  private static Set<String> list(JsonParser in) throws IOException {
    Set<String> out = new HashSet<>();
    expect(in, in.nextToken(), JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = in.currentName().equals("uploaded");
      JsonToken value = in.nextToken();
      if (!wanted || value == JsonToken.VALUE_NULL) {
        in.skipChildren();
        continue;
      }
      expect(in, value, JsonToken.START_ARRAY);
      while (in.nextToken() != JsonToken.END_ARRAY) {
        expect(in, in.currentToken(), JsonToken.VALUE_STRING);
        out.add(in.getText());
      }
    }
    return out;
  }

  private static void expect(JsonParser in, @Nullable JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new IOException(
          "line " + in.currentLocation().getLineNr() + ": " + wanted + " expected, not " + found);
    }
  }
}
