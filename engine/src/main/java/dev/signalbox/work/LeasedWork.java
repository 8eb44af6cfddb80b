package dev.signalbox.work;

/**
 * Work that is ours to do.
 *
 * @param spent how many attempts count, with the one that is to be made; those that found the
 *     target down do not
 * @param afterUnknown whether an earlier attempt may have arrived without our knowing
 * @param untold how many leases in a row, right before this one, ended without a word
 */
public record LeasedWork(Lease lease, WorkItem item, int spent, boolean afterUnknown, int untold) {}
