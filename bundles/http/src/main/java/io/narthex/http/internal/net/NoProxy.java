package io.narthex.http.internal.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are reached without a proxy, by a comma-separated list of {@code *}, networks ({@code
 * 10.0.0.0/8}), addresses and domains; the latter two may carry a port. {@code example.org} covers
 * its subdomains too, {@code .example.org} and {@code *.example.org} only them. Loopback is never
 * proxied where such a list is in use.
 */
final class NoProxy {
  private sealed interface Rule {
    boolean matches(String host, int port, @Nullable InetAddress address);
  }

  private record Network(byte[] prefix, int bits) implements Rule {
    @Override
    public boolean matches(String host, int port, @Nullable InetAddress address) {
      if (address == null) {
        return false;
      }
      byte[] other = address.getAddress();
      if (other.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >>> (bit & 7);
        if (((other[bit >> 3] ^ prefix[bit >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private record Domain(String suffix, boolean itself, int onlyPort) implements Rule {
    @Override
    public boolean matches(String host, int port, @Nullable InetAddress address) {
      boolean named =
          address == null
              && (host.endsWith(suffix) || (itself && host.equals(suffix.substring(1))));
      return named && (onlyPort < 0 || onlyPort == port);
    }
  }

  private record Address(InetAddress only, int onlyPort) implements Rule {
    @Override
    public boolean matches(String host, int port, @Nullable InetAddress address) {
      return only.equals(address) && (onlyPort < 0 || onlyPort == port);
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private boolean everything;

  NoProxy(String list) {
    for (String entry : list.split(",", -1)) {
      String e = entry.strip().toLowerCase(Locale.ROOT);
      if (e.equals("*")) {
        everything = true;
      } else if (!e.isEmpty()) {
        Rule rule = rule(e);
        if (rule != null) {
          rules.add(rule);
        }
      }
    }
  }

  boolean covers(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    InetAddress address = literal(name);
    if (everything || name.equals("localhost")) {
      return true;
    }
    if (address != null && address.isLoopbackAddress()) {
      return true;
    }
    for (Rule r : rules) {
      if (r.matches(name, port, address)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Rule rule(String entry) {
    int slash = entry.indexOf('/');
    if (slash > 0) {
      InetAddress network = literal(entry.substring(0, slash));
      int bits = number(entry.substring(slash + 1));
      return network == null || bits < 0 || bits > network.getAddress().length * 8
          ? null
          : new Network(network.getAddress(), bits);
    }
    InetAddress whole = literal(entry);
    if (whole != null) {
      return new Address(whole, -1);
    }
    String host = entry;
    int port = -1;
    int colon = entry.lastIndexOf(':');
    if (colon >= 0) {
      port = number(entry.substring(colon + 1));
      host = entry.substring(0, colon);
    }
    InetAddress address = literal(host);
    if (address != null) {
      return new Address(address, port);
    }
    if (host.startsWith("*.")) {
      host = host.substring(1);
    }
    if (host.isEmpty() || host.equals(".")) {
      return null;
    }
    return host.startsWith(".")
        ? new Domain(host, false, port)
        : new Domain("." + host, true, port);
  }

  private static int number(String digits) {
    try {
      return Integer.parseUnsignedInt(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The address that the text is, without any look-up; null for a name. */
  static @Nullable InetAddress literal(String host) {
    String text =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean v4 = !text.isEmpty() && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    if (!v4 && text.indexOf(':') < 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
