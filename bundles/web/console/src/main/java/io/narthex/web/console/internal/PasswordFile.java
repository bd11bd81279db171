package io.narthex.web.console.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file with the console's own user: one line {@code user:bcrypt hash}, lines that start with #
 * are comments. Only its owner may read it.
 */
final class PasswordFile {
  static final String USER = "admin";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Without letters that are easily taken for others; 32 of them, so each is worth 5 bits. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int LENGTH = 20;

  private final Path path;

  PasswordFile(Path path) {
    this.path = path;
  }

  /** What the file says. */
  record Entry(String user, String hash) {}

  /**
   * Reads the file.
   *
   * @throws IOException if it can't be read, or says something else; the message names it
   */
  Entry read() throws IOException {
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.startsWith("$2", colon + 1)) {
        return new Entry(line.substring(0, colon), line.substring(colon + 1).strip());
      }
      break;
    }
    throw new IOException(path + ": no line of the form user:bcrypt hash");
  }

  /**
   * Makes the file with a new password unless it is there.
   *
   * @param hasher gives the bcrypt hash of a password
   * @return the new password, which nobody can find out later; null if the file was there
   */
  @Nullable String makeIfMissing(UnaryOperator<String> hasher) throws IOException {
    if (Files.exists(path)) {
      restrict();
      return null;
    }
    String password = newPassword();
    List<String> lines =
        List.of(
            "# The user of the web console and the bcrypt hash of the password. Delete this file"
                + " and start again for a new one.",
            USER + ":" + hasher.apply(password));
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      // Born with its permissions: there is no moment in which others could open it.
      try (var channel =
          Files.newByteChannel(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes())) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        channel.write(java.nio.ByteBuffer.wrap(bytes));
      }
      return password;
    } catch (FileAlreadyExistsException e) {
      return null;
    }
  }

  private FileAttribute<?>[] attributes() {
    return posix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private boolean posix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private void restrict() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
      view.setPermissions(OWNER_ONLY);
    }
  }

  private static String newPassword() {
    SecureRandom random = new SecureRandom();
    StringBuilder out = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
