package io.narthex.discovery.file.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** A path whose last element may be a pattern. */
record FilePattern(String text) {

  private static final Set<String> EXTENSIONS =
      Set.of(".json", ".yml", ".yaml", ".JSON", ".YML", ".YAML");

  /** Whether there is no star before the last element, and an extension of a known format. */
  boolean isValid() {
    int slash = text.lastIndexOf('/');
    int star = text.indexOf('*');
    int dot = text.lastIndexOf('.');
    return dot > slash && EXTENSIONS.contains(text.substring(dot)) && (star < 0 || star > slash);
  }

  /** Whether the file is JSON, else YAML. */
  static boolean isJson(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /** The folder to look and listen in. */
  Path directory() {
    int slash = text.lastIndexOf('/');
    return Path.of(slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash));
  }

  /** The files that match, sorted, written as the pattern writes its folder. */
  List<String> matches() throws IOException {
    int slash = text.lastIndexOf('/');
    String folder = text.substring(0, slash + 1);
    String name = text.substring(slash + 1);
    if (!isPattern(name)) {
      return Files.exists(Path.of(text), LinkOption.NOFOLLOW_LINKS) ? List.of(text) : List.of();
    }
    PathMatcher matcher = matcher(name);
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory())) {
      for (Path path : stream) {
        Path file = path.getFileName();
        if (file != null && matcher.matches(file)) {
          found.add(folder + file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  private static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
  }

  /** Braces and {@code [^} mean something to this matcher that they do not mean to users. */
  private static PathMatcher matcher(String name) throws IOException {
    String glob = name.replace("{", "\\{").replace("}", "\\}").replace("[^", "[!");
    try {
      return Path.of("").getFileSystem().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IOException("syntax error in pattern", e);
    }
  }
}
