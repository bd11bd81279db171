package io.narthex.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundles of the distribution, read from {@code bundles/start-levels}: a line for each, with
 * its start level, a space, and the name of its file. The build writes that file from the resolved
 * run description.
 */
record BundleList(List<Entry> entries) {
  static final String FILE = "start-levels";

  /** One bundle. */
  record Entry(int level, Path file) {
    /** The location under which the framework knows it: the file is used where it lies. */
    String location() {
      return "reference:" + file.toUri();
    }
  }

  static BundleList read(Path folder) throws IOException {
    Path list = folder.resolve(FILE);
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      int space = line.indexOf(' ');
      if (space < 1) {
        throw new IOException(list + ":" + number + ": expected a level and a file, got: " + line);
      }
      entries.add(
          new Entry(
              Integer.parseInt(line.substring(0, space)),
              folder.resolve(line.substring(space + 1))));
    }
    return new BundleList(entries);
  }

  int highestLevel() {
    return entries.stream().mapToInt(Entry::level).max().orElse(1);
  }
}
