package io.narthex.web.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.StorageAdmin.Block;
import io.narthex.api.storage.StorageAdmin.Contents;
import io.narthex.api.storage.StorageAdmin.Parent;
import io.narthex.api.storage.StorageException;
import io.narthex.api.storage.StorageMaintenance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdminApiTest {

  private static final String ADMIN = "/api/v1/admin/tsdb/";
  private final FakeAdmin admin = new FakeAdmin();
  private RunningApi api;

  @BeforeEach
  void start() throws Exception {
    api = new RunningApi(Map.of("web.enable-admin-api", "true"));
    api.backends.language = new FakeQueries();
    api.backends.admin = admin;
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  private static String error(int status, String type, String message) {
    return status
        + " {\"status\":\"error\",\"errorType\":\""
        + type
        + "\",\"error\":\""
        + message
        + "\"}";
  }

  @Test
  void onlyWhereItIsAllowed() throws Exception {
    try (RunningApi closed = new RunningApi()) {
      closed.backends.admin = admin;
      for (String path : List.of("delete_series", "clean_tombstones", "snapshot")) {
        assertThat(closed.post(ADMIN + path, ""))
            .isEqualTo(error(500, "unavailable", "admin APIs disabled"));
      }
    }
    assertThat(api.get(ADMIN + "snapshot")).isEqualTo("405 Method Not Allowed\n");
    api.backends.admin = null;
    assertThat(api.post(ADMIN + "snapshot", ""))
        .isEqualTo(error(503, "unavailable", "unavailable: the database is not running"));
    assertThat(admin.asked).isEmpty();
  }

  @Test
  void deletesSeries() throws Exception {
    assertThat(api.post(ADMIN + "delete_series", "match[]=a&match[]=b{x=\"y\"}&start=1&end=2.5"))
        .isEqualTo("204 ");
    assertThat(api.post(ADMIN + "delete_series?match%5B%5D=a", "")).isEqualTo("204 ");
    assertThat(admin.asked)
        .containsExactly(
            "delete 1000 2500 1",
            "delete 1000 2500 2",
            "delete " + Numbers.MIN_TIME + " " + Numbers.MAX_TIME + " 1");
  }

  @Test
  void deletesNothingOfABadRequest() throws Exception {
    assertThat(api.post(ADMIN + "delete_series", ""))
        .isEqualTo(error(400, "bad_data", "no match[] parameter provided"));
    assertThat(api.post(ADMIN + "delete_series", "match[]=a&start=x"))
        .isEqualTo(
            error(
                400,
                "bad_data",
                "invalid parameter \\\"start\\\": invalid time value for 'start': cannot parse"
                    + " \\\"x\\\" to a valid timestamp"));
    assertThat(api.post(ADMIN + "delete_series", "match[]=a&match[]=b{"))
        .startsWith("400")
        .contains("invalid parameter \\\"match[]\\\": 1:4: parse error");
    assertThat(api.post(ADMIN + "delete_series", "match[]=a&match[]={}")).startsWith("400");
    assertThat(admin.asked).isEmpty();
  }

  @Test
  void cleansAndCopies() throws Exception {
    assertThat(api.post(ADMIN + "clean_tombstones", "")).isEqualTo("204 ");
    String name =
        "200 {\"status\":\"success\",\"data\":{\"name\":\"20260102T030405Z-0123456789abcdef\"}}";
    assertThat(api.post(ADMIN + "snapshot", "")).isEqualTo(name);
    assertThat(api.post(ADMIN + "snapshot?skip_head=true", "")).isEqualTo(name);
    assertThat(api.post(ADMIN + "snapshot", "skip_head=0")).isEqualTo(name);
    assertThat(api.post(ADMIN + "snapshot", "skip_head=zz"))
        .isEqualTo(
            error(
                400,
                "bad_data",
                "invalid parameter \\\"skip_head\\\": unable to parse boolean: strconv.ParseBool:"
                    + " parsing \\\"zz\\\": invalid syntax"));
    assertThat(admin.asked)
        .containsExactly("clean", "snapshot true", "snapshot false", "snapshot true");
  }

  @Test
  void failuresOfTheDatabase() throws Exception {
    admin.failure = new StorageException(StorageException.Kind.IO, "create block: disk full");
    assertThat(api.post(ADMIN + "snapshot", ""))
        .isEqualTo(error(500, "internal", "create block: disk full"));
    assertThat(api.post(ADMIN + "clean_tombstones", "")).startsWith("500");
    assertThat(api.post(ADMIN + "delete_series", "match[]=a")).startsWith("500");
    admin.failure = new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready");
    assertThat(api.post(ADMIN + "snapshot", ""))
        .isEqualTo(error(500, "unavailable", "TSDB not ready"));
  }

  @Test
  void listsBlocks() throws Exception {
    assertThat(api.get("/api/v1/status/tsdb/blocks"))
        .isEqualTo("200 {\"status\":\"success\",\"data\":{\"blocks\":[]}}");
    admin.blocks.add(
        new Block(
            "01A",
            1,
            2,
            77,
            new Contents(3, 3, 0, 2, 2, 0),
            1,
            List.of("01A"),
            List.of(),
            false,
            false,
            List.of()));
    admin.blocks.add(
        new Block(
            "01B",
            2,
            9,
            88,
            new Contents(0, 0, 0, 0, 0, 0),
            2,
            List.of(),
            List.of(new Parent("01A", 1, 2)),
            true,
            true,
            List.of("from-out-of-order")));
    assertThat(api.get("/api/v1/status/tsdb/blocks"))
        .isEqualTo(
            "200 {\"status\":\"success\",\"data\":{\"blocks\":["
                + "{\"ulid\":\"01A\",\"minTime\":1,\"maxTime\":2,\"stats\":{\"numSamples\":3,"
                + "\"numFloatSamples\":3,\"numSeries\":2,\"numChunks\":2},\"compaction\":{"
                + "\"level\":1,\"sources\":[\"01A\"]},\"version\":1},"
                + "{\"ulid\":\"01B\",\"minTime\":2,\"maxTime\":9,\"stats\":{},\"compaction\":{"
                + "\"level\":2,\"deletable\":true,\"parents\":[{\"ulid\":\"01A\",\"minTime\":1,"
                + "\"maxTime\":2}],\"failed\":true,\"hints\":[\"from-out-of-order\"]},"
                + "\"version\":1}]}}");
  }

  @Test
  void showsCompactions() throws Exception {
    api.backends.maintenance =
        new StorageMaintenance() {
          @Override
          public Status status() {
            return new Status(
                State.RUNNING,
                false,
                new Task("compacting 3 blocks", RunningApi.NOW, 12),
                List.of(new Run("head block", RunningApi.NOW, Duration.ofMillis(1500), "full")));
          }

          @Override
          public void pause() {
            throw new AssertionError("the API does not steer");
          }

          @Override
          public void resume() {
            throw new AssertionError("the API does not steer");
          }

          @Override
          public void runNow() {
            throw new AssertionError("the API does not steer");
          }
        };
    assertThat(api.get("/api/v1/narthex/compactions"))
        .isEqualTo(
            "200 {\"status\":\"success\",\"data\":{\"state\":\"running\",\"paused\":false,"
                + "\"task\":{\"what\":\"compacting 3 blocks\",\"since\":\"2026-01-02T03:04:05.6Z\","
                + "\"series\":12},\"recent\":[{\"what\":\"head block\",\"since\":"
                + "\"2026-01-02T03:04:05.6Z\",\"seconds\":1.5,\"error\":\"full\"}]}}");
  }
}
