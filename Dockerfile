# docs/deploy.md says how to run it; articles and the store are kept in /data.
FROM python:3.13-slim
RUN useradd --create-home newscrawl && mkdir /data && chown newscrawl /data
WORKDIR /srv/newscrawl
RUN chown newscrawl .
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -c constraints.txt
COPY scrapy.cfg ./
COPY newscrawl newscrawl
USER newscrawl
ENV NEWSCRAWL_STORE_URL=sqlite:////data/store.db
VOLUME /data
ENTRYPOINT ["scrapy"]
CMD ["list"]
