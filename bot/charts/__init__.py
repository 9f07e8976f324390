"""The port Draw: charts as pictures."""
