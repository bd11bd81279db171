package io.narthex.web.api.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses answers as the client asks. */
final class Compression {

  private static final int BUFFER = 8 * 1024;

  private Compression() {}

  /** The stream to write the answer to: the first of gzip and deflate that the client names. */
  static OutputStream output(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.addHeader("Vary", "Accept-Encoding");
    String accepted = request.getHeader("Accept-Encoding");
    if (accepted != null) {
      for (String encoding : accepted.split(",", -1)) {
        switch (encoding.strip()) {
          case "gzip" -> {
            response.setHeader("Content-Encoding", "gzip");
            return new FastGzip(response.getOutputStream());
          }
          case "deflate" -> {
            response.setHeader("Content-Encoding", "deflate");
            return new FastDeflate(response.getOutputStream());
          }
          default -> {}
        }
      }
    }
    return response.getOutputStream();
  }

  /** Speed before size: most clients are near. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** In zlib's format, as the reference does; releases its native memory when it is closed. */
  private static final class FastDeflate extends DeflaterOutputStream {
    FastDeflate(OutputStream out) {
      super(out, new Deflater(Deflater.BEST_SPEED), BUFFER);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        def.end();
      }
    }
  }
}
