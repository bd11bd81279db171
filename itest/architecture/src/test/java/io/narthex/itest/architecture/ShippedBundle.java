package io.narthex.itest.architecture;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A bundle of the distribution: its name, its file, what it exports and imports. */
record ShippedBundle(String name, Path file, Parameters exports, Parameters imports) {

  /** The bundles of this project in the distribution. */
  static List<ShippedBundle> own() {
    return all().stream().filter(ShippedBundle::isOwn).toList();
  }

  static List<ShippedBundle> all() {
    Path folder = Path.of(System.getProperty("narthex.distribution"), "bundles");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(ShippedBundle::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ShippedBundle read(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes headers = jar.getManifest().getMainAttributes();
      String name =
          OSGiHeader.parseHeader(headers.getValue("Bundle-SymbolicName"))
              .keySet()
              .iterator()
              .next();
      return new ShippedBundle(
          name,
          file,
          OSGiHeader.parseHeader(headers.getValue("Export-Package")),
          OSGiHeader.parseHeader(headers.getValue("Import-Package")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOwn() {
    return name.startsWith("io.narthex.");
  }

  boolean imports(String packageName) {
    return imports.containsKey(packageName);
  }

  /** The packages of this project that it imports. */
  Set<String> ownImports() {
    return Set.copyOf(imports.keySet().stream().filter(p -> p.startsWith("io.narthex.")).toList());
  }

  /** The attributes of an exported package. */
  Attrs export(String packageName) {
    return exports.get(packageName);
  }

  @Override
  public String toString() {
    return name;
  }
}
