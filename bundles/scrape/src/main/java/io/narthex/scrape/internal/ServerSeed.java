package io.narthex.scrape.internal;

import io.narthex.model.Labels;
import io.narthex.scrape.internal.target.Fnv64;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What moves a server's scrapes away from those of its twin: its host name and external labels. */
final class ServerSeed {

  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private ServerSeed() {}

  static long of(String fullHostName, Labels externalLabels) {
    return Fnv64.hash(fullHostName + externalLabels);
  }

  /** The name of this host with its domain, if it can be found out. May ask name servers. */
  static String fullHostName() {
    String host = hostName();
    try {
      InetAddress address = InetAddress.getByName(host);
      String full = address.getCanonicalHostName();
      return full.equals(address.getHostAddress()) ? host : full;
    } catch (IOException e) {
      // A host that no name server knows; its plain name tells it from others well enough.
      return host;
    }
  }

  private static String hostName() {
    try {
      return Files.readString(HOSTNAME).strip();
    } catch (IOException e) {
      // Not Linux.
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }
}
