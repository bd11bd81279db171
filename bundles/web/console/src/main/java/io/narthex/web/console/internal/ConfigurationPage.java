package io.narthex.web.console.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console's page on the configuration's transactions. */
@Component(
    service = Servlet.class,
    property = {
      ConsolePage.LABEL + "narthex-configuration",
      ConsolePage.TITLE + "Configuration transactions",
      ConsolePage.CATEGORY
    })
@SuppressWarnings("serial") // The base class is serializable; nobody serializes a servlet.
public final class ConfigurationPage extends ConsolePage {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(ConfigurationPage.class);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable ConfigurationTransactions transactions;

  @Override
  void write(Html html) {
    show(transactions, "configuration", TransactionsView::write, html);
  }

  /** Reloads, and comes back to the page, which shows the result. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ConfigurationTransactions now = transactions;
    if (now == null || !TransactionsView.RELOAD.equals(request.getParameter("action"))) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "nothing to do here");
      return;
    }
    try {
      now.reload("web console");
    } catch (ConfigurationException e) {
      log.atWarn().addKeyValue("err", e.getMessage()).log("A reload from the console was refused");
    }
    response.sendRedirect(request.getRequestURI());
  }
}
