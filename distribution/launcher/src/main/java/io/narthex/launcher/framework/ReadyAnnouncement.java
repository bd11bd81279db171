package io.narthex.launcher.framework;

import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Runs something once, when the server can answer: its storage is open and configured. */
final class ReadyAnnouncement implements ServiceListener {
  private static final String STORAGE =
      "(&(objectClass=io.narthex.api.storage.Storage)(storage.role=fanout))";
  private static final String CONFIGURATION =
      "(objectClass=io.narthex.api.config.EffectiveConfiguration)";

  private final Runnable announce;
  private final Set<String> missing = new HashSet<>(Set.of(STORAGE, CONFIGURATION));

  private ReadyAnnouncement(Runnable announce) {
    this.announce = announce;
  }

  static void listen(BundleContext context, Runnable announce) throws InvalidSyntaxException {
    ReadyAnnouncement announcement = new ReadyAnnouncement(announce);
    context.addServiceListener(announcement, "(|" + STORAGE + CONFIGURATION + ")");
  }

  @Override
  public synchronized void serviceChanged(ServiceEvent event) {
    if (event.getType() != ServiceEvent.REGISTERED || missing.isEmpty()) {
      return;
    }
    missing.removeIf(filter -> matches(filter, event.getServiceReference()));
    if (missing.isEmpty()) {
      announce.run();
    }
  }

  private static boolean matches(String filter, ServiceReference<?> reference) {
    try {
      Filter parsed = FrameworkUtil.createFilter(filter);
      return parsed.match(reference);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
