package io.narthex.assembler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** A jar with its name and version as a bundle. */
record BundleFile(String symbolicName, String version, Path file) {

  /** Reads the manifest; a jar that is no bundle has an empty symbolic name. */
  static BundleFile read(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = headers.getValue("Bundle-SymbolicName");
      String version = headers.getValue("Bundle-Version");
      return new BundleFile(
          name == null ? "" : withoutDirectives(name), version == null ? "0" : version, file);
    }
  }

  private static String withoutDirectives(String name) {
    int semicolon = name.indexOf(';');
    return (semicolon < 0 ? name : name.substring(0, semicolon)).strip();
  }
}
