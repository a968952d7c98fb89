package dev.bulkhead.operation;

import dev.bulkhead.apply.EnvironmentId;
import java.util.Map;
import java.util.function.Consumer;

/** Where environments say how far they are with Operations, and whoever has to write it down hears of it. */
public final class OperationDesk {

    private final OperationReports reports;
    private final Consumer<OperationId> news;

    /** @param news told which operation has something new to say */
    public OperationDesk(OperationReports reports, Consumer<OperationId> news) {
        this.reports = reports;
        this.news = news;
    }

    public void tell(EnvironmentId environment, Map<OperationId, OperationReport> now) {
        reports.put(environment, now).forEach(news);
    }
}
