package io.narthex.assembler;

import aQute.bnd.version.Version;
import io.narthex.assembler.RunDescription.RunBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the bundles of a run description into a folder, with a file {@code start-levels} that the
 * launcher reads: a line for each bundle, in the order of starting.
 *
 * <p>Arguments: the {@code .bndrun} file, a folder with the jars to choose from, the folder to
 * fill.
 */
public final class Assembler {
  private Assembler() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: RUN_DESCRIPTION JAR_FOLDER TARGET_FOLDER");
    }
    assemble(RunDescription.read(Path.of(args[0])), Path.of(args[1]), Path.of(args[2]));
  }

  static void assemble(RunDescription description, Path jars, Path target) throws IOException {
    List<BundleFile> candidates = new ArrayList<>();
    for (Path jar : list(jars)) {
      candidates.add(BundleFile.read(jar));
    }
    Files.createDirectories(target);
    for (Path old : list(target)) {
      Files.delete(old);
    }
    List<RunBundle> ordered = new ArrayList<>(description.bundles());
    ordered.sort(
        Comparator.comparingInt(RunBundle::startLevel).thenComparing(RunBundle::symbolicName));
    List<String> lines = new ArrayList<>();
    for (RunBundle bundle : ordered) {
      Path jar = choose(bundle, candidates);
      Path copy = target.resolve(jar.getFileName());
      Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
      lines.add(bundle.startLevel() + " " + copy.getFileName());
    }
    Files.write(target.resolve("start-levels"), lines);
  }

  private static Path choose(RunBundle bundle, List<BundleFile> candidates) throws IOException {
    for (BundleFile candidate : candidates) {
      if (candidate.symbolicName().equals(bundle.symbolicName())
          && bundle.versions().includes(Version.parseVersion(candidate.version()))) {
        return candidate.file();
      }
    }
    throw new IOException("no jar is the bundle " + bundle.symbolicName() + bundle.versions());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
