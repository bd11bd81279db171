package io.narthex.web.server.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The listening sockets. They are bound before anything of Jetty is loaded: who connects while the
 * server starts waits for its answer instead of being turned away, and an address that is taken
 * ends the process at once.
 */
final class Listeners implements AutoCloseable {

  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 512;

  private final List<ServerSocketChannel> channels = new ArrayList<>();

  private Listeners() {}

  /**
   * Binds all addresses.
   *
   * @throws IOException that names the address which can't be bound; then none is
   */
  static Listeners bind(List<String> addresses) throws IOException {
    Listeners listeners = new Listeners();
    try {
      for (String address : addresses) {
        listeners.add(ListenAddress.parse(address), address);
      }
      return listeners;
    } catch (IOException | RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  private void add(ListenAddress address, String text) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channels.add(channel);
    InetSocketAddress socket =
        address.host().isEmpty()
            ? new InetSocketAddress(address.port())
            : new InetSocketAddress(address.host(), address.port());
    if (socket.isUnresolved()) {
      throw new IOException("listen tcp: lookup " + address.host() + ": no such host");
    }
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(socket, BACKLOG);
    } catch (IOException e) {
      throw new IOException("listen tcp " + text + ": bind: " + e.getMessage(), e);
    }
  }

  List<ServerSocketChannel> channels() {
    return channels;
  }

  /** Where the sockets are bound. */
  List<InetSocketAddress> addresses() throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (ServerSocketChannel channel : channels) {
      if (channel.isOpen()) {
        addresses.add((InetSocketAddress) channel.getLocalAddress());
      }
    }
    return addresses;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : channels) {
      channel.close();
    }
  }
}
