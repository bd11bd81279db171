package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.itest.distribution.RemoteWriteClient.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One writer's samples: some series in order of time, some each group of {@link #GROUP} the newest
 * first. It sends a request until it is acknowledged, whichever server answers, and knows by then
 * what must be there.
 */
final class KillLoad {
  static final int SERIES = 10;
  static final long STEP = 5_000;
  private static final int GROUP = 8;
  private static final boolean LATE = Boolean.getBoolean("narthex.kill.late");

  /** Steps that one writer may be ahead of another: what is too old is refused. */
  private static final int AHEAD = 50;

  /** Lets no writer get too far ahead. */
  static final class Pace {
    private final int[] acknowledged;
    private boolean over;

    Pace(int writers) {
      acknowledged = new int[writers];
    }

    synchronized void at(int writer, int step) {
      acknowledged[writer] = step;
      notifyAll();
    }

    synchronized void over(boolean now) {
      over = now;
      notifyAll();
    }

    /** Waits until a writer may go on; false if it is over. */
    synchronized boolean await(int writer) throws InterruptedException {
      while (!over && acknowledged[writer] - Arrays.stream(acknowledged).min().orElse(0) > AHEAD) {
        wait();
      }
      return !over;
    }
  }

  private final Pace pace;
  private final int writer;
  private final long start;

  /** Requests that were acknowledged. */
  private int acknowledged;

  KillLoad(Pace pace, int writer, long start) {
    this.pace = pace;
    this.writer = writer;
    this.start = start;
  }

  int acknowledged() {
    return acknowledged;
  }

  private double value(int series, long step) {
    return writer * 1e9 + series * 1e7 + step;
  }

  private Map<String, String> labels(String name, int series) {
    return new TreeMap<>(Map.of("__name__", name, "writer", "w" + writer, "s", "s" + series));
  }

  /** The step of the late series that the request of a step brings. */
  private static long late(long step) {
    if (!LATE) {
      return step;
    }
    return step / GROUP * GROUP + (GROUP - 1 - step % GROUP);
  }

  /** Sends requests until the pace says that it is over, or the server is gone: then false. */
  boolean send(RemoteWriteClient client, Runnable sent) throws InterruptedException {
    while (pace.await(writer)) {
      if (!sendNext(client)) {
        return false;
      }
      pace.at(writer, acknowledged);
      sent.run();
    }
    return true;
  }

  private boolean sendNext(RemoteWriteClient client) throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (int s = 0; s < SERIES; s++) {
      samples.add(
          new Sample(labels("ordered", s), value(s, acknowledged), start + acknowledged * STEP));
      long late = late(acknowledged);
      samples.add(new Sample(labels("late", s), value(s, late), start + late * STEP));
    }
    try {
      HttpResponse<String> answer = client.send(samples);
      assertThat(answer.statusCode())
          .as("writer %s step %s: %s", writer, acknowledged, answer.body())
          .isIn(200, 204, 503, 500);
      if (answer.statusCode() >= 500) {
        return false;
      }
      acknowledged++;
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Compares what the server has of the steps from one on with what was acknowledged. */
  void check(Api api, long from) throws Exception {
    long window = 500;
    for (long at = Math.max(0, from); at <= acknowledged; at += window) {
      long to = at + window;
      check(api, "ordered", at, to, Math.min(to, acknowledged));
      // Of the last group the newest are there, or one request more.
      check(api, "late", at, to, Math.min(to, acknowledged / GROUP * (long) GROUP));
    }
  }

  /** All steps from {@code from} to {@code sure} must be there, others until {@code to} may. */
  private void check(Api api, String name, long from, long to, long sure) throws Exception {
    // A range is open at its beginning.
    String query =
        String.format(Locale.ROOT, "%s{writer=\"w%d\"}[%dms]", name, writer, (to - from) * STEP);
    List<?> result = api.query(query, (start + (to - 1) * STEP) / 1000.0);
    if (sure > from) {
      assertThat(result).as(query + " from " + from).hasSize(SERIES);
    }
    for (Object each : result) {
      int series = Integer.parseInt(Json.at(each, "metric", "s").toString().substring(1));
      long next = from;
      long last = from - 1;
      for (Object point : Json.list(each, "values")) {
        List<?> pair = (List<?>) point;
        double seconds = Double.parseDouble(pair.get(0).toString());
        long step = Math.round((seconds * 1000 - start) / STEP);
        String what = name + " writer " + writer + " series " + series + " step " + step;
        assertThat(Double.parseDouble(pair.get(1).toString()))
            .as(what)
            .isEqualTo(value(series, step));
        assertThat(step).as(what + " after " + last).isGreaterThan(last);
        assertThat(step).as(what).isLessThan(possible(name));
        if (step < sure) {
          assertThat(step).as("%s %s is missing, sure are %s", name, next, sure).isEqualTo(next);
        }
        next = step + 1;
        last = step;
      }
      assertThat(next)
          .as("%s of writer %s series %s", name, writer, series)
          .isGreaterThanOrEqualTo(sure);
    }
  }

  private long possible(String name) {
    return name.equals("late") ? (acknowledged / GROUP + 1L) * GROUP : acknowledged + 1L;
  }
}
