package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.Appender;
import io.narthex.model.Labels;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that commits without end and tells of each commit after it has returned, as {@code
 * writer number}. Each commit adds its number, at that many milliseconds after {@link #START}, to
 * the {@link #SERIES} series of its writer, and makes a series of its own.
 */
final class CommittingProcess {

  static final long START = 1_700_000_000_000L;
  static final int WRITERS = 4;
  static final int SERIES = 20;

  private CommittingProcess() {}

  static Process start(Path dir, int firstCommit) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CommittingProcess.class.getName(),
            dir.toString(),
            Integer.toString(firstCommit)));
    return new ProcessBuilder(command)
        .redirectError(new File(dir.getParent().toFile(), "child.err"))
        .start();
  }

  static Labels series(int writer, int s) {
    return Labels.of("__name__", "m", "s", "s" + s, "writer", "w" + writer);
  }

  static Labels once(int writer, int commit) {
    return Labels.of("__name__", "once", "commit", "c" + commit, "writer", "w" + writer);
  }

  public static void main(String[] args) throws Exception {
    TsdbDatabase db = TsdbTestKit.open(Path.of(args[0]));
    int first = Integer.parseInt(args[1]);
    OutputStream out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      threads.add(Thread.startVirtualThread(() -> write(db, writer, first, out)));
    }
    for (Thread t : threads) {
      t.join();
    }
  }

  private static void write(TsdbDatabase db, int writer, int first, OutputStream out) {
    try {
      for (int c = first; ; c++) {
        Appender a = db.appender();
        for (int s = 0; s < SERIES; s++) {
          a.append(a.series(series(writer, s)), START + c, c);
        }
        a.append(a.series(once(writer, c)), START + c, c);
        a.commit();
        synchronized (out) {
          out.write((writer + " " + c + "\n").getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
