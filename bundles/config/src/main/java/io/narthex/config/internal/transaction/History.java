package io.narthex.config.internal.transaction;

import io.narthex.api.config.ConfigurationTransactions.Transaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last transactions, the newest first. */
final class History {

  private static final int SIZE = 50;

  private final Deque<Transaction> transactions = new ArrayDeque<>();

  synchronized void add(Transaction t) {
    transactions.addFirst(t);
    if (transactions.size() > SIZE) {
      transactions.removeLast();
    }
  }

  synchronized List<Transaction> list() {
    return List.copyOf(transactions);
  }
}
