package io.narthex.config.internal.read;

import io.narthex.config.internal.yaml.GoPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that match a pattern: {@code *} and {@code ?} stand for characters of one path element,
 * {@code [a-z]} and {@code [^a]} for one of a class, a backslash takes the next one literally.
 */
public final class Globs {

  private Globs() {}

  /** The matches in the order of their names; folders that cannot be read match nothing. */
  public static List<String> find(String pattern) {
    if (!hasMeta(pattern)) {
      return Files.exists(Path.of(pattern), LinkOption.NOFOLLOW_LINKS)
          ? List.of(pattern)
          : List.of();
    }
    int slash = pattern.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash);
    String name = pattern.substring(slash + 1);
    List<String> matches = new ArrayList<>();
    for (String f : hasMeta(folder) ? find(folder) : List.of(folder)) {
      addMatches(f, name, slash < 0, matches);
    }
    return matches;
  }

  private static void addMatches(String folder, String name, boolean bare, List<String> matches) {
    Path path = Path.of(folder);
    if (!Files.isDirectory(path)) {
      return;
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path p : entries) {
        Path file = p.getFileName();
        if (file != null && matches(name, file.toString())) {
          names.add(file.toString());
        }
      }
    } catch (java.nio.file.AccessDeniedException | java.nio.file.NoSuchFileException e) {
      // As the reference: what cannot be listed matches nothing.
      return;
    } catch (IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(
          "listing " + folder, e instanceof IOException io ? io : new IOException(e));
    }
    names.sort(null);
    for (String n : names) {
      matches.add(bare ? n : GoPath.join(folder, n));
    }
  }

  private static boolean hasMeta(String s) {
    return s.indexOf('*') >= 0
        || s.indexOf('?') >= 0
        || s.indexOf('[') >= 0
        || s.indexOf('\\') >= 0;
  }

  /** Whether a name without slashes matches. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, name, n) : -1;
      if (next >= 0) {
        p = next;
        n++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = ++p;
        resume = n;
      } else if (star >= 0) {
        p = star;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** The place behind the pattern element at {@code p} if it matches the character, else -1. */
  private static int one(String pattern, int p, String name, int n) {
    char c = pattern.charAt(p);
    return switch (c) {
      case '?' -> p + 1;
      case '[' -> characterClass(pattern, p + 1, name.charAt(n));
      case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == name.charAt(n) ? p + 2 : -1;
      default -> c == name.charAt(n) ? p + 1 : -1;
    };
  }

  private static int characterClass(String pattern, int from, char c) {
    int i = from;
    boolean negated = i < pattern.length() && pattern.charAt(i) == '^';
    if (negated) {
      i++;
    }
    boolean found = false;
    int first = i;
    while (i < pattern.length() && (pattern.charAt(i) != ']' || i == first)) {
      char low = pattern.charAt(i);
      char high = low;
      if (i + 2 < pattern.length()
          && pattern.charAt(i + 1) == '-'
          && pattern.charAt(i + 2) != ']') {
        high = pattern.charAt(i + 2);
        i += 2;
      }
      found |= low <= c && c <= high;
      i++;
    }
    return i < pattern.length() && found != negated ? i + 1 : -1;
  }

  /** Whether a {@code *} stands in no other element than the last. */
  static boolean isAllowed(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0 || pattern.indexOf('/', star) < 0;
  }
}
