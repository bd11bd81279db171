package io.narthex.exposition.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies made from good ones by small accidents. */
final class Mutations {

  private static final String[] PARTS = {
    "{",
    "}",
    "\"",
    "\\",
    ",",
    "=",
    " ",
    "  ",
    "\t",
    "\n",
    "#",
    "# ",
    "# HELP ",
    "# TYPE ",
    "# UNIT ",
    "# EOF\n",
    "\r",
    "\0",
    "NaN",
    "+Inf",
    "-inf",
    "infinity",
    "1e5",
    "1e999",
    "0x1",
    "_",
    "1_0",
    ".",
    "-",
    "+",
    "1",
    "12345678901234567890",
    "le",
    "a",
    ":",
    "ü",
    "\u0001",
    "{\"q\"}",
    "{\"q\",x=\"y\"}",
    "\\n",
    "\\\"",
    " # {a=\"b\"} 1",
    " # {a=\"b\"} 1 2.5",
    " 17",
    " 1.5",
    "counter",
    "histogram",
    "0.1234567890123456789",
    "1e-320",
    "9007199254740993"
  };
  private static final byte[] ODD = {(byte) 0xFF, (byte) 0xC3, (byte) 0x80, 0, 10, 34, 92, 127};

  private Mutations() {}

  static List<byte[]> of(List<String> seeds, int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] body = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
      int changes = 1 + random.nextInt(3);
      for (int c = 0; c < changes; c++) {
        body = change(body, random);
      }
      out.add(body);
    }
    return out;
  }

  private static byte[] change(byte[] b, Random random) {
    int at = random.nextInt(b.length + 1);
    int to = Math.min(b.length, at + random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> splice(b, at, at, part(random));
      case 1 -> splice(b, at, to, part(random));
      case 2 -> splice(b, at, to, new byte[0]);
      case 3 -> splice(b, at, at, new byte[] {ODD[random.nextInt(ODD.length)]});
      default -> java.util.Arrays.copyOf(b, at);
    };
  }

  private static byte[] part(Random random) {
    return PARTS[random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] b, int from, int to, byte[] with) {
    byte[] out = new byte[b.length - (to - from) + with.length];
    System.arraycopy(b, 0, out, 0, from);
    System.arraycopy(with, 0, out, from, with.length);
    System.arraycopy(b, to, out, from + with.length, b.length - to);
    return out;
  }
}
