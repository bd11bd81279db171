package io.narthex.launcher.framework;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Hands the entries that the flags became to Configuration Admin, which remembers entries from one
 * run to the next: equal ones are left alone, and those of areas that this run does not have go.
 */
final class ConfigurationEntries {
  private ConfigurationEntries() {}

  static void write(
      BundleContext context, List<String> knownPids, Map<String, Map<String, Object>> entries)
      throws IOException {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    ConfigurationAdmin admin = reference == null ? null : context.getService(reference);
    if (admin == null) {
      throw new IOException("Configuration Admin is not among the bundles of start level 1");
    }
    try {
      for (String pid : knownPids) {
        if (!entries.containsKey(pid)) {
          admin.getConfiguration(pid, "?").delete();
        }
      }
      for (Map.Entry<String, Map<String, Object>> entry : entries.entrySet()) {
        Configuration configuration = admin.getConfiguration(entry.getKey(), "?");
        Dictionary<String, Object> properties = new Hashtable<>(entry.getValue());
        configuration.updateIfDifferent(properties);
      }
    } finally {
      context.ungetService(reference);
    }
  }
}
