package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the build wrote into {@code build.properties}. */
@Component
public final class BuildProperties implements BuildInfo {

  /** The version of the reference that clients may take this server for. */
  private static final String REFERENCE = "3.14.0";

  private final Properties properties = new Properties();

  @Activate
  public BuildProperties() {
    try (InputStream in = BuildProperties.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is missing from the bundle");
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties can't be read", e);
    }
  }

  private String get(String key) {
    return properties.getProperty(key, "");
  }

  @Override
  public String version() {
    return get("version");
  }

  @Override
  public String compatibleVersion() {
    return REFERENCE + "+narthex." + version();
  }

  @Override
  public String revision() {
    return get("revision");
  }

  @Override
  public String branch() {
    return get("branch");
  }

  @Override
  public String buildUser() {
    return get("user");
  }

  @Override
  public String buildDate() {
    return get("date");
  }

  @Override
  public String javaVersion() {
    return "java" + Runtime.version();
  }
}
