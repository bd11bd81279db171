package io.narthex.promql.internal.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code queries.active}: a bracket, then places of 1000 bytes, each for one query that
 * runs: {@code {"query":"…","timestamp_sec":n}}, zeros, a comma. It is mapped, so that it survives
 * the process; what it holds at the next start had not ended.
 */
public final class ActiveQueryFile implements ActiveQueries {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveQueryFile.class);
  private static final int ENTRY = 1000;
  private static final int MAX_OLD_FILE = 64 * 1024 * 1024;

  private final InstantSource clock;
  private final Arena arena;
  private final MemorySegment file;
  private final Deque<Integer> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * Opens the file anew, after what is left of the last run has been logged.
   *
   * @param places queries that may run at one time
   */
  public ActiveQueryFile(Path directory, int places, InstantSource clock) throws IOException {
    this.clock = clock;
    Path path = directory.resolve("queries.active");
    Files.createDirectories(directory);
    logUnfinished(path);
    long size = 1 + (long) places * ENTRY;
    this.arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      file = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
    file.fill((byte) 0);
    file.set(ValueLayout.JAVA_BYTE, 0, (byte) '[');
    file.force();
    for (int i = 0; i < places; i++) {
      free.add(i);
    }
  }

  private static void logUnfinished(Path path) throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) > MAX_OLD_FILE) {
      return;
    }
    byte[] bytes = Files.readAllBytes(path);
    StringBuilder entries = new StringBuilder();
    for (int at = 1; at + ENTRY <= bytes.length; at += ENTRY) {
      int end = at;
      while (end < at + ENTRY && bytes[end] != 0) {
        end++;
      }
      if (end > at) {
        entries.append(entries.isEmpty() ? "" : ",");
        entries.append(new String(bytes, at, end - at, StandardCharsets.UTF_8));
      }
    }
    if (!entries.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("queries", "[" + entries + "]")
          .log("These queries didn't finish in prometheus' last run:");
    }
  }

  @Override
  public Entry insert(String query) {
    byte[] text = entry(query, clock.instant().getEpochSecond());
    int place;
    synchronized (this) {
      Integer next = closed ? null : free.poll();
      if (next == null) {
        return () -> {};
      }
      place = next;
      write(place, text);
    }
    return () -> remove(place);
  }

  private void write(int place, byte[] text) {
    long at = 1 + (long) place * ENTRY;
    MemorySegment.copy(text, 0, file, ValueLayout.JAVA_BYTE, at, text.length);
    file.asSlice(at + text.length, ENTRY - 1L - text.length).fill((byte) 0);
    file.set(ValueLayout.JAVA_BYTE, at + ENTRY - 1, (byte) ',');
  }

  private synchronized void remove(int place) {
    if (!closed) {
      file.asSlice(1 + (long) place * ENTRY, ENTRY).fill((byte) 0);
      free.add(place);
    }
  }

  /** The JSON of a query, cut off so that it fits its place. */
  static byte[] entry(String query, long seconds) {
    String end = "\",\"timestamp_sec\":" + seconds + "}";
    StringBuilder out = new StringBuilder("{\"query\":\"");
    int room = ENTRY - 1 - out.length() - end.length();
    for (int i = 0; i < query.length(); ) {
      int c = query.codePointAt(i);
      i += Character.charCount(c);
      String escaped = escape(c);
      room -= escaped.getBytes(StandardCharsets.UTF_8).length;
      if (room < 0) {
        break;
      }
      out.append(escaped);
    }
    return out.append(end).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c < 0x20 || c == '<' || c == '>' || c == '&'
              ? "\\u00" + Character.forDigit(c >> 4, 16) + Character.forDigit(c & 15, 16)
              : Character.toString(c);
    };
  }

  /** Zeros what is left: these queries end with this process, not with a crash. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      file.asSlice(1).fill((byte) 0);
      arena.close();
    }
  }
}
