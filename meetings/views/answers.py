"""Answers of the public pages that are not pages: errors with a sentence of their own."""

from django.shortcuts import render


def not_found(request, message: str):
    """404 with what is not there and what to do."""
    return render(request, "404.html", {"message": message}, status=404)


def bad_request(request, message: str):
    """400 with what cannot be read and what to do."""
    return render(request, "400.html", {"message": message}, status=400)
