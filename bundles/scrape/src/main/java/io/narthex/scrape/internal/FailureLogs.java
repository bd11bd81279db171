package io.narthex.scrape.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.scrape.internal.loop.FailureLog;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that jobs write failed requests to, one JSON object a line; a file that several jobs
 * name is opened once. Opened anew for every configuration, so that files can be rotated.
 */
final class FailureLogs implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FailureLogs.class);

  /** No files. */
  static final FailureLogs NONE = new FailureLogs(InstantSource.system());

  private final InstantSource clock;
  private final Map<String, Writer> files = new HashMap<>();

  private FailureLogs(InstantSource clock) {
    this.clock = clock;
  }

  /** Opens the files; empty paths are none. */
  static FailureLogs open(Collection<String> paths, InstantSource clock)
      throws ConfigurationException {
    FailureLogs logs = new FailureLogs(clock);
    for (String path : paths) {
      if (path.isEmpty() || logs.files.containsKey(path)) {
        continue;
      }
      try {
        logs.files.put(
            path,
            Files.newBufferedWriter(
                Path.of(path),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
      } catch (IOException e) {
        logs.close();
        throw new ConfigurationException("can't create json log file: " + path + ": " + e, e);
      }
    }
    return logs;
  }

  /** Where a job's failures go. */
  FailureLog of(String path, String job) {
    Writer file = files.get(path);
    return file == null
        ? FailureLog.NONE
        : (error, target) -> write(file, path, line(error, job, target));
  }

  private String line(String error, String job, String target) {
    StringBuilder out = new StringBuilder(128);
    out.append("{\"time\":");
    Json.string(out, clock.instant().toString());
    out.append(",\"level\":\"ERROR\",\"msg\":");
    Json.string(out, error);
    out.append(",\"job_name\":");
    Json.string(out, job);
    out.append(",\"target\":");
    Json.string(out, target);
    return out.append("}\n").toString();
  }

  private static void write(Writer file, String path, String line) {
    synchronized (file) {
      try {
        file.write(line);
        file.flush();
      } catch (IOException e) {
        log.atWarn()
            .addKeyValue("file", path)
            .addKeyValue("err", e.toString())
            .log("Writing the scrape failure log failed");
      }
    }
  }

  @Override
  public void close() {
    for (Map.Entry<String, Writer> e : files.entrySet()) {
      synchronized (e.getValue()) {
        try {
          e.getValue().close();
        } catch (IOException x) {
          log.atWarn()
              .addKeyValue("file", e.getKey())
              .addKeyValue("err", x.toString())
              .log("Closing the scrape failure log failed");
        }
      }
    }
    files.clear();
  }

  /** JSON strings. */
  private static final class Json {
    static void string(StringBuilder out, String s) {
      out.append('"');
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          default -> {
            if (c < 0x20) {
              out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
              out.append(c);
            }
          }
        }
      }
      out.append('"');
    }
  }
}
