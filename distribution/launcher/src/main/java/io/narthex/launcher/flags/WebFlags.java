package io.narthex.launcher.flags;

import static io.narthex.launcher.flags.FlagType.BOOLEAN;
import static io.narthex.launcher.flags.FlagType.DURATION;
import static io.narthex.launcher.flags.FlagType.INTEGER;
import static io.narthex.launcher.flags.FlagType.REMOTE_WRITE_MESSAGE;
import static io.narthex.launcher.flags.FlagType.STRING;
import static io.narthex.launcher.flags.Mode.SERVER;
import static io.narthex.launcher.flags.Support.REFUSED;
import static io.narthex.launcher.flags.Support.WARNED;

import java.util.List;

/** The listeners, the API, the pages. */
final class WebFlags {
  private WebFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.of(
                "web.listen-address",
                STRING,
                "0.0.0.0:9090",
                "Address to listen on for UI, API and telemetry.")
            .asRepeatable(),
        Flag.of(
            "web.config.file",
            STRING,
            "",
            "Path of the file that switches on TLS, HTTP/2, headers and basic authentication."),
        Flag.of(
            "web.read-timeout",
            DURATION,
            "5m",
            "Longest time to read a request, and to keep an idle connection."),
        Flag.of(
            "web.max-connections",
            INTEGER,
            "512",
            "Largest number of connections at a time, over all listeners."),
        Flag.of(
                "web.max-notifications-subscribers",
                INTEGER,
                "16",
                "Largest number of subscribers to live notifications.")
            .with(WARNED),
        Flag.of(
            "web.external-url",
            STRING,
            "",
            "The URL under which the server is reached from outside, for instance behind a reverse proxy. Its path prefixes all HTTP endpoints. Derived from the host name if omitted."),
        Flag.of(
            "web.route-prefix",
            STRING,
            "",
            "Prefix of the internal routes of the HTTP endpoints; by default the path of --web.external-url."),
        Flag.of("web.user-assets", STRING, "", "Folder of static files to serve under /user.")
            .with(WARNED),
        Flag.of(
            "web.enable-lifecycle", BOOLEAN, "false", "Allow reload and shutdown by HTTP request."),
        Flag.of(
            "web.enable-admin-api",
            BOOLEAN,
            "false",
            "Switch on the API endpoints for administration."),
        Flag.of(
            "web.enable-remote-write-receiver",
            BOOLEAN,
            "false",
            "Switch on the API endpoint that takes remote write requests."),
        Flag.of(
                "web.remote-write-receiver.accepted-protobuf-messages",
                REMOTE_WRITE_MESSAGE,
                "prometheus.WriteRequest,io.prometheus.write.v2.Request",
                "Protobuf messages that the remote write endpoint takes: prometheus.WriteRequest, io.prometheus.write.v2.Request.")
            .asRepeatable(),
        Flag.of(
                "web.enable-otlp-receiver",
                BOOLEAN,
                "false",
                "Switch on the API endpoint that takes OTLP metrics.")
            .with(REFUSED),
        Flag.of(
                "web.console.templates",
                STRING,
                "consoles",
                "Folder of console templates, served under /consoles.")
            .with(WARNED),
        Flag.of(
                "web.console.libraries",
                STRING,
                "console_libraries",
                "Folder of console template libraries.")
            .with(WARNED),
        Flag.of(
            "web.page-title",
            STRING,
            "Prometheus Time Series Collection and Processing Server",
            "Title of the pages."),
        Flag.of(
            "web.cors.origin",
            STRING,
            ".*",
            "Fully anchored regular expression for CORS origins, for instance 'https?://(domain1|domain2)\\.com'."),
        Flag.of(
                "web.search.max-limit",
                INTEGER,
                "10000",
                "Largest limit of the search endpoints; 0 means none.")
            .in(SERVER)
            .with(WARNED));
  }
}
