package io.narthex.launcher.framework;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The properties that the framework and the third-party bundles are started with. */
final class FrameworkSettings {
  /** Packages of the class path that bundles may import. */
  private static final String SHARED_PACKAGES =
      String.join(
          ",",
          "org.slf4j;version=1.7.36",
          "org.slf4j;version=2.0.17",
          "org.slf4j.event;version=2.0.17",
          "org.slf4j.helpers;version=2.0.17",
          "org.slf4j.spi;version=2.0.17",
          "ch.qos.logback.classic;version=1.5.21",
          "ch.qos.logback.classic.spi;version=1.5.21",
          "ch.qos.logback.core;version=1.5.21",
          "ch.qos.logback.core.encoder;version=1.5.21",
          "ch.qos.logback.core.read;version=1.5.21",
          "ch.qos.logback.core.spi;version=1.5.21",
          "org.osgi.service.cm;version=1.6.1",
          "sun.misc",
          "com.sun.management");

  private FrameworkSettings() {}

  /**
   * The properties.
   *
   * @param state the folder for what the framework and Configuration Admin keep
   * @param plugins the watched folder
   */
  static Map<String, String> of(Path state, Path plugins) {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, state.resolve("framework").toString());
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    settings.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED_PACKAGES);
    settings.put("felix.cache.locking", "false");
    settings.put("felix.log.level", "1");
    settings.put("felix.cm.dir", state.resolve("configurations").toString());
    settings.put("felix.fileinstall.dir", plugins.toString());
    settings.put("felix.fileinstall.tmpdir", state.resolve("plugins").toString());
    settings.put("felix.fileinstall.noInitialDelay", "true");
    settings.put("felix.fileinstall.poll", "1000");
    settings.put("felix.fileinstall.log.level", "2");
    // No higher than the level that the framework goes to, or plug-ins would never start.
    settings.put("felix.fileinstall.start.level", "40");
    settings.put("felix.fileinstall.bundles.new.start", "true");
    settings.put("felix.fileinstall.enableConfigSave", "false");
    // The end of its input must not be the end of the server.
    boolean shell = System.getProperty("narthex.shell") != null;
    settings.put("gosh.args", shell ? "--noshutdown" : "--nointeractive");
    // The Felix console has a security provider of its own for want of a better one, and would let
    // in admin/admin whenever ours is away. No password has this hash.
    settings.put("felix.webconsole.security.providers", "narthex");
    settings.put("felix.webconsole.password", "{sha-256}none");
    return settings;
  }
}
