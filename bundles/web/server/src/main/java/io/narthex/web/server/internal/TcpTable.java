package io.narthex.web.server.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Linux' table of TCP connections. It tells that a client has hung up while its request is being
 * answered, which Java does not: a channel notices the end only by reading, and what it read
 * besides would belong to the next request.
 */
final class TcpTable {

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final String CLOSE_WAIT = "08";

  private final Path folder;

  /**
   * @param folder {@code /proc/self/net}
   */
  TcpTable(Path folder) {
    this.folder = folder;
  }

  boolean available() {
    return Files.isReadable(folder.resolve("tcp"));
  }

  /** Whether the other side has closed the connection, or it is not there any more. */
  boolean isClosed(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    String state = state("tcp", local, remote);
    if (state == null && Files.isReadable(folder.resolve("tcp6"))) {
      state = state("tcp6", local, remote);
    }
    return state == null || state.equals(CLOSE_WAIT);
  }

  private @org.jspecify.annotations.Nullable String state(
      String file, InetSocketAddress local, InetSocketAddress remote) throws IOException {
    String from = hex(local);
    String to = hex(remote);
    try (BufferedReader lines =
        Files.newBufferedReader(folder.resolve(file), StandardCharsets.US_ASCII)) {
      String line = lines.readLine();
      while (line != null) {
        // IPv4 in an IPv6 socket has more digits before those of the address.
        if (line.contains(to) && line.contains(from)) {
          String[] fields = line.strip().split(" +", 5);
          if (fields.length > STATE
              && fields[LOCAL].endsWith(from)
              && fields[REMOTE].endsWith(to)) {
            return fields[STATE];
          }
        }
        line = lines.readLine();
      }
    }
    return null;
  }

  /** The address as in the table: 32-bit words in the machine's order, then the port. */
  static String hex(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    byte[] bytes = ip.getAddress();
    StringBuilder text = new StringBuilder(40);
    int step = ip instanceof Inet4Address ? bytes.length : 4;
    for (int word = 0; word < bytes.length; word += step) {
      for (int i = step - 1; i >= 0; i--) {
        text.append(digits(bytes[word + i] & 0xff, 2));
      }
    }
    return text.append(':').append(digits(address.getPort(), 4)).toString();
  }

  private static String digits(int value, int width) {
    String hex = Integer.toHexString(value).toUpperCase(Locale.ROOT);
    return "0".repeat(width - hex.length()) + hex;
  }
}
