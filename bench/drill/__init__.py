"""The drill: kills, faults, hostile files and names, leaks. `make drill`, under 15 minutes.

Every attempt is one fault on a data folder of its own, by the `raadsvar` command as a
person runs it; what is lost, opened or told wrongly is named. `--without MEND` takes a
mend out, to show that the drill would have found what it mends.
"""
