package io.narthex.http.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import org.eclipse.jetty.client.Request;

/**
 * The body of an answer as it arrives: the next bytes are asked for when the last have been read.
 * Closing it early, or interrupting its reader, ends the exchange.
 */
final class Body extends InputStream {
  private final InputStream in;
  private final Request request;
  private final Runnable atEnd;
  private boolean ended;

  Body(InputStream in, Request request, Runnable atEnd) {
    this.in = in;
    this.atEnd = atEnd;
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int n = in.read(bytes, offset, length);
      if (n < 0 && !ended) {
        ended = true;
        atEnd.run();
      }
      return n;
    } catch (InterruptedIOException e) {
      Failures.abort(request, e);
      Thread.currentThread().interrupt();
      throw e;
    } catch (IOException | RuntimeException e) {
      throw translated(e);
    } catch (Exception e) {
      // Jetty throws what the exchange failed with, checked or not.
      throw translated(e);
    }
  }

  private IOException translated(Exception e) {
    Throwable failure = Failures.unwrap(e);
    String message = Failures.inBody(failure, request);
    if (Failures.isDeadline(failure)) {
      HttpTimeoutException timeout = new HttpTimeoutException(message);
      timeout.initCause(failure);
      return timeout;
    }
    return new IOException(message, failure);
  }

  @Override
  public void close() throws IOException {
    in.close();
    Failures.abort(request, new IOException("the body was closed"));
  }
}
