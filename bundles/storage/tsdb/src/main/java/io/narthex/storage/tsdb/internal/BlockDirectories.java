package io.narthex.storage.tsdb.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a data directory holds beside the log that this version does not read. */
record BlockDirectories(List<String> names, long newestEnd) {

  private static final Logger log = LoggerFactory.getLogger(BlockDirectories.class);
  private static final int ULID_LENGTH = 26;

  static BlockDirectories scan(Path dir) throws IOException {
    List<String> names = new ArrayList<>();
    long newestEnd = Long.MIN_VALUE;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        Path meta = entry.resolve("meta.json");
        if (isUlid(name) && Files.isRegularFile(meta)) {
          names.add(name);
          newestEnd = Math.max(newestEnd, maxTime(meta));
        }
      }
    }
    names.sort(null);
    return new BlockDirectories(List.copyOf(names), newestEnd);
  }

  /** What every query is to be told. */
  List<String> warnings() {
    List<String> out = new ArrayList<>();
    if (!names.isEmpty()) {
      out.add(
          "not supported yet: reading blocks; samples in "
              + names.size()
              + (names.size() == 1 ? " block" : " blocks")
              + " are missing from the result");
    }
    return out;
  }

  private static boolean isUlid(String name) {
    return name.length() == ULID_LENGTH
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
  }

  /** The field {@code maxTime} of the outermost object. */
  private static long maxTime(Path meta) {
    try (InputStream in = Files.newInputStream(meta);
        JsonParser parser = new JsonFactory().createParser(in)) {
      int depth = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        if (t.isStructStart()) {
          depth++;
        } else if (t.isStructEnd()) {
          depth--;
        } else if (depth == 1
            && t == JsonToken.FIELD_NAME
            && parser.currentName().equals("maxTime")
            && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
          return parser.getLongValue();
        }
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", meta).setCause(e).log("Block's meta file could not be read");
    }
    return Long.MIN_VALUE;
  }
}
