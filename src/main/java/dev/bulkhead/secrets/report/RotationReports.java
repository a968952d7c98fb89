package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.secrets.report.Answer.Done;
import dev.bulkhead.secrets.report.Answer.Later;
import dev.bulkhead.secrets.report.Answer.Refused;
import dev.bulkhead.secrets.report.Answer.UnderWay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Where the entries are → how far it is with the Operations about them. */
public final class RotationReports {

    private RotationReports() {}

    /**
     * @param open any Operations; those about other things are left out
     * @param subjects the entries of the environment as they are now, after the Operations were heard
     */
    public static Map<OperationId, OperationReport> of(List<Operation> open, Map<String, Subject> subjects) {
        return Request.among(open).collect(Collectors.toUnmodifiableMap(Request::id, it -> report(it, subjects)));
    }

    private static OperationReport report(Request request, Map<String, Subject> subjects) {
        var answers = new LinkedHashMap<String, Answer>();
        request.entries().forEach(it -> answers.put(it, request.answer(it, subjects)));
        var refusals = answers.entrySet().stream()
                .filter(it -> it.getValue() instanceof Refused)
                .map(it -> "entry %s: %s".formatted(it.getKey(), it.getValue().text()))
                .collect(Collectors.joining("; "));
        if (request.isRefused(subjects)) {
            answers.replaceAll((_, it) -> it instanceof Refused ? it : new Refused("was left as it is"));
            return OperationReport.refused(refusals, results(answers));
        }
        var open = answers.entrySet().stream()
                .filter(it -> isOpen(it.getValue()))
                .map(it -> "%s: %s".formatted(it.getKey(), it.getValue().text()))
                .collect(Collectors.joining("; "));
        if (!open.isEmpty()) {
            return OperationReport.underWay(open, results(answers));
        }
        return refusals.isEmpty()
                ? OperationReport.done("%s: done".formatted(String.join(", ", answers.keySet())), results(answers))
                : OperationReport.refused(refusals, results(answers));
    }

    private static boolean isOpen(Answer answer) {
        return switch (answer) {
            case Later _, UnderWay _ -> true;
            case Done _, Refused _ -> false;
        };
    }

    private static List<OperationResult> results(SequencedMap<String, Answer> answers) {
        return answers.entrySet().stream()
                .map(it -> new OperationResult(
                        "entry " + it.getKey(), it.getValue().text()))
                .toList();
    }
}
